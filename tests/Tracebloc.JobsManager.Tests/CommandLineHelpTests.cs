using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests;

public sealed class CommandLineHelpTests
{
    [Theory]
    [InlineData("jobs-manager", "--help")]
    [InlineData("serve", "serve", "--help")]
    [InlineData("proxy", "proxy", "--help")]
    public async Task The_help_is_as_approved(string name, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(0, await console.InvokeAsync(args, TestContext.Current.CancellationToken));

        ApprovedHelp.Verify($"CommandLineHelp/{name}.txt", console.Output);
    }
}
