using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests;

public sealed class CommandLineHelpTests
{
    [Theory]
    [InlineData("tracebloc", "--help")]
    [InlineData("completion", "completion", "--help")]
    [InlineData("dataset", "dataset", "--help")]
    [InlineData("dataset-push", "dataset", "push", "--help")]
    [InlineData("dataset-list", "dataset", "list", "--help")]
    [InlineData("dataset-show", "dataset", "show", "--help")]
    [InlineData("dataset-delete", "dataset", "delete", "--help")]
    [InlineData("dataset-status", "dataset", "status", "--help")]
    [InlineData("dataset-logs", "dataset", "logs", "--help")]
    [InlineData("dataset-watch", "dataset", "watch", "--help")]
    [InlineData("dataset-cancel", "dataset", "cancel", "--help")]
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
