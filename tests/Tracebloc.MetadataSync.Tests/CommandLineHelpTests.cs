using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests;

public sealed class CommandLineHelpTests
{
    [Theory]
    [InlineData("metadata-sync", "--help")]
    [InlineData("migrate", "migrate", "--help")]
    [InlineData("run", "run", "--help")]
    [InlineData("serve", "serve", "--help")]
    [InlineData("status", "status", "--help")]
    [InlineData("verify", "verify", "--help")]
    public async Task The_help_is_as_approved(string name, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(0, await console.InvokeAsync(args, TestContext.Current.CancellationToken));

        ApprovedHelp.Verify($"CommandLineHelp/{name}.txt", console.Output);
    }

    [Theory]
    [InlineData("verb \"migrat\" is unknown; did you mean migrate?", "migrat")]
    [InlineData("option \"--plans\" is unknown; did you mean --plan?", "migrate", "--plans")]
    public async Task A_mistake_is_a_line_with_its_remedy_and_exit_code_2(string mistake, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(2, await console.InvokeAsync(args, TestContext.Current.CancellationToken));

        Assert.StartsWith(mistake, console.Error, StringComparison.OrdinalIgnoreCase);
    }
}
