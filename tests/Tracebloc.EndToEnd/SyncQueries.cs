using System.Text.Json.Nodes;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>An analyst asks the query API by kubectl, with a token of the cluster and few rights.</summary>
internal sealed class SyncQueries(SyncDesk desk)
{
    private const string Forward = "kubectl port-forward", Whole = "kubectl --server=https://localhost:8443 --tls",
        Short = "kubectl --server=https://localhost:8443 …";

    private static readonly (string Query, string Reason)[] Refused =
    [
        ("get sparkjobs", "cannot list resource \"sparkjobs\""),
        ("get models --field-selector spec.nothing=1", "there is no field \"spec.nothing\""),
    ];

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(42, "An analyst queries the database by kubectl, with a token of the cluster");
        await MakeAnalystAsync(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var forward = $"exec {desk.Block(Forward).Replace("8443:", ":", StringComparison.Ordinal).TrimEnd(' ', '&')}";
        var (line, end) = await desk.Shell.StartAsync(forward, "Forwarding from 127.0.0.1:", ended.Token);
        try
        {
            var port = line.Split("127.0.0.1:")[1].Split(' ')[0];
            var first = desk.Block(Whole).Replace(":8443", $":{port}", StringComparison.Ordinal);
            var kubectl = first[..first.IndexOf(" get ", StringComparison.Ordinal)];
            // The API server learns of a binding by a watch.
            var models = await Looking.UntilAsync(
                () => desk.ShowAsync(first, cancellationToken), one => one.ExitCode == 0, cancellationToken);
            _reporter.Equal("labels and a field select one model", "churn", Names(models));
            await AskAsync(kubectl, cancellationToken);
            await DeleteAsync(kubectl, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MakeAnalystAsync(CancellationToken cancellationToken)
    {
        await desk.Kubectl.RunAsync(["create", "serviceaccount", "analyst"], cancellationToken);
        await desk.Kubectl.RunAsync(
            [
                "create", "role", "analyst", "--verb=get,list,deletecollection",
                "--resource=models.michelangelo.api,pipelineruns.michelangelo.api",
            ],
            cancellationToken);
        await desk.Kubectl.RunAsync(
            [
                "create", "rolebinding", "analyst", "--role=analyst",
                $"--serviceaccount={desk.Kubectl.Namespace}:analyst",
            ],
            cancellationToken);
    }

    private async Task AskAsync(string kubectl, CancellationToken cancellationToken)
    {
        var selected = await desk.ShowAsync(Command($"{Short} get models", kubectl), cancellationToken);
        _reporter.Equal("set-based labels select it, and no deleted one", "churn", Names(selected));
        var evicted = await desk.ShowAsync(
            $"{kubectl} get pipelineruns -n {desk.Kubectl.Namespace} train-1 -o json", cancellationToken);
        _reporter.Equal(
            "the object that has left etcd is there, with its status", "SUCCEEDED",
            $"{(evicted.ExitCode == 0 ? JsonNode.Parse(evicted.Output) : null)?["status"]?["state"]}");
        foreach (var (query, reason) in Refused)
        {
            var answer = await desk.ShowAsync($"{kubectl} {query} -n {desk.Kubectl.Namespace}", cancellationToken);
            _reporter.Claim($"{query}: refused", answer.ExitCode == 1 && answer.Error.Contains(reason), answer.Error);
        }
    }

    private async Task DeleteAsync(string kubectl, CancellationToken cancellationToken)
    {
        var trial = Command($"{Short} delete \\\n", kubectl);
        var tried = await desk.ShowAsync(trial, cancellationToken);
        _reporter.Claim(
            "a collection is deleted: the dry run lists the evicted object", tried.Output.Contains("\"train-1\""),
            $"{tried}");
        const string deleted = "SELECT delete_time IS NOT NULL FROM pipelinerun";
        _reporter.Equal(
            "and deletes nothing", "0", await desk.Database.AskAsync(deleted, cancellationToken));
        var done = await desk.ShowAsync(trial.Replace("&dryRun=All", "", StringComparison.Ordinal), cancellationToken);
        _reporter.Claim("the call itself lists it, too", done.Output.Contains("\"train-1\""), $"{done}");
        _reporter.Equal(
            "and deletes it, in the database", "1", await desk.Database.AskAsync(deleted, cancellationToken));
    }

    /// <summary>A command of the page that leaves out how kubectl reaches the API.</summary>
    private string Command(string beginning, string kubectl) =>
        desk.Block(beginning).Replace(Short, kubectl, StringComparison.Ordinal);

    private static string Names(ProgramResult table) => string.Join(
        ' ', table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(' ')[0]));
}
