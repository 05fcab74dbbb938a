namespace Tracebloc.EndToEnd;

/// <summary>metadata-sync goes, and the data stays.</summary>
internal sealed class SyncUninstall(SyncDesk desk)
{
    /// <summary>The beginning of the page's command that takes the finalizer off all objects.</summary>
    public const string FreesObjects = "for kind in projects";

    private const string Rows =
        "SELECT (SELECT COUNT(*) FROM model), (SELECT COUNT(*) FROM pipelinerun), (SELECT COUNT(*) FROM model_labels)";

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(47, "metadata-sync is uninstalled: the data stays, and objects can be deleted without it");
        var before = await desk.Database.AskAsync(Rows, cancellationToken);
        var gone = await desk.ShowAsync(
            $"helm uninstall metadata-sync --namespace {desk.Home.Namespace} --wait --timeout 1m", cancellationToken);
        _reporter.Claim("helm uninstalls it", gone.ExitCode == 0, gone.Error);
        _reporter.Equal("rows stay", before, await desk.Database.AskAsync(Rows, cancellationToken));
        await desk.Shell.RunAsync(desk.Block(FreesObjects), cancellationToken);
        var deleted = await desk.Shell.RunAsync(
            $"kubectl delete models,pipelineruns --all --namespace {desk.Kubectl.Namespace} --timeout=25s",
            cancellationToken);
        _reporter.Claim("without the finalizer nothing holds the objects", deleted.ExitCode == 0, deleted.Error);
        _reporter.Equal("and their rows stay", before, await desk.Database.AskAsync(Rows, cancellationToken));
    }
}
