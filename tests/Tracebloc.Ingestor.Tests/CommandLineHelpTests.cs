using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests;

public sealed class CommandLineHelpTests
{
    [Theory]
    [InlineData("ingestor", "--help")]
    [InlineData("delete", "delete", "--help")]
    [InlineData("run", "run", "--help")]
    [InlineData("stage", "stage", "--help")]
    [InlineData("submit", "submit", "--help")]
    [InlineData("undo", "undo", "--help")]
    [InlineData("validate", "validate", "--help")]
    public async Task The_help_is_as_approved(string name, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(0, await console.InvokeAsync(args, TestContext.Current.CancellationToken));

        ApprovedHelp.Verify($"CommandLineHelp/{name}.txt", console.Output);
    }
}
