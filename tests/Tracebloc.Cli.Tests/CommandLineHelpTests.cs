using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests;

public sealed class CommandLineHelpTests
{
    [Theory]
    [InlineData("tracebloc", "--help")]
    [InlineData("completion", "completion", "--help")]
    [InlineData("ingest", "ingest", "--help")]
    [InlineData("ingest-init", "ingest", "init", "--help")]
    [InlineData("ingest-validate", "ingest", "validate", "--help")]
    [InlineData("cluster", "cluster", "--help")]
    [InlineData("cluster-info", "cluster", "info", "--help")]
    [InlineData("doctor", "doctor", "--help")]
    [InlineData("login", "login", "--help")]
    [InlineData("version", "version", "--help")]
    public async Task The_help_is_as_approved(string name, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(0, await console.InvokeAsync(args, TestContext.Current.CancellationToken));

        ApprovedHelp.Verify($"CommandLineHelp/{name}.txt", console.Output);
    }
}
