namespace Tracebloc.EndToEnd;

/// <summary>The mirror is disabled, and enabled again with a column more.</summary>
internal sealed class SyncSwitch(SyncDesk desk)
{
    private const string Upgrade = "helm upgrade metadata-sync tracebloc/metadata-sync --namespace michelangelo "
        + "--reset-then-reuse-values ";

    private const string Made = """
        apiVersion: michelangelo.api/v2
        kind: Model
        metadata: {name: meanwhile}
        """;

    private const string Rows =
        "SELECT (SELECT COUNT(*) FROM model), (SELECT COUNT(*) FROM pipelinerun), (SELECT MAX(update_time) FROM model)";

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = await desk.Database.AskAsync(Rows, cancellationToken);
        await DisableAsync(cancellationToken);
        await desk.ApplyAsync(Made, cancellationToken);
        await desk.Kubectl.RunAsync(
            ["delete", "models.michelangelo.api", "churn", "--wait=false"], cancellationToken);
        _reporter.Equal(
            "rows stay, and nothing is written", before, await desk.Database.AskAsync(Rows, cancellationToken));
        await EnableAsync(cancellationToken);
    }

    private async Task DisableAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(45, "The stanza mysql is removed: the mirror says so once, is ready, and does nothing");
        var disabled = await desk.RunAsync(
            $"{Upgrade}--set mysql=null", cancellationToken, " --set api.enabled=false --wait --timeout 2m");
        _reporter.Claim("the pods are ready", disabled.ExitCode == 0, disabled.Error);
        var pods = (await desk.Home.ListAsync(Kind.Pods, cancellationToken))
            .Where(pod => pod["metadata"]?["deletionTimestamp"] is null)
            .Where(pod => (string?)pod["metadata"]?["labels"]?["app.kubernetes.io/component"] == "controller")
            .Select(pod => $"{pod["metadata"]?["name"]}")
            .ToList();
        _reporter.Equal("there are two", 2, pods.Count);
        foreach (var pod in pods)
        {
            var log = await desk.Home.LogAsync(pod, cancellationToken);
            _reporter.Say(log);
            _reporter.Equal(
                $"{pod} says it once", 1, log.Split("Metadata storage disabled, nothing is mirrored").Length - 1);
            _reporter.Claim("and registers nothing", !log.Contains("registered"), log);
        }
    }

    private async Task EnableAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(46, "It is enabled again, with a column more: what happened meanwhile is mirrored");
        const string job = "SELECT res_version FROM rayjob WHERE name = 'tune'";
        var version = await desk.Database.AskAsync(job, cancellationToken);
        var enabled = await desk.RunAsync(
            $"{Upgrade}\\\n", cancellationToken, " \\\n  --values column.yaml --wait --timeout 3m");
        _reporter.Claim("helm enables it", enabled.ExitCode == 0, enabled.Error);
        _reporter.Equal(
            "an object that was made meanwhile has its row", "1",
            await desk.Database.UntilAsync(
                "SELECT COUNT(*) FROM model WHERE name = 'meanwhile' AND delete_time IS NULL", "1", cancellationToken));
        await desk.Kubectl.RunAsync(
            ["wait", "--for=delete", "models.michelangelo.api/churn", "--timeout=25s"], cancellationToken);
        _reporter.Equal(
            "an object that was deleted meanwhile has waited for the row's deletion", "2\t2",
            await desk.Database.AskAsync(
                "SELECT COUNT(*), COUNT(delete_time) FROM model WHERE name = 'churn'", cancellationToken));
        _reporter.Equal(
            "the new column has its values, and no object was touched", $"python tune.py\t{version}",
            await desk.Database.AskAsync(
                "SELECT entrypoint, res_version FROM rayjob WHERE name = 'tune'", cancellationToken));
        var status = await desk.RunAsync($"{SyncDesk.Program}status", cancellationToken);
        _reporter.Claim("status finds no difference", status.ExitCode == 0, $"{status}");
    }
}
