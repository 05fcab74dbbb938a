namespace Tracebloc.EndToEnd;

/// <summary>Objects leave the cluster: deleted, or marked as immutable. Their rows stay.</summary>
internal sealed class SyncRemovals(SyncDesk desk)
{
    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(41, "Objects are deleted, or leave etcd as immutable: their rows stay");
        await DeleteAsync(cancellationToken);
        await desk.Kubectl.RunAsync(
            ["annotate", "pipelines.michelangelo.api", "train", "michelangelo/Deleting=true"], cancellationToken);
        await GoneAsync("pipelines", "train", cancellationToken);
        _reporter.Equal(
            "the annotation of the API server deletes the row, and the object", "1",
            await desk.Database.AskAsync(
                "SELECT COUNT(*) FROM pipeline WHERE delete_time IS NOT NULL", cancellationToken));
        await desk.RunAsync("kubectl delete models.michelangelo.api fraud", cancellationToken);
        _reporter.Equal(
            "kubectl delete waits for the row's deletion", "1",
            await desk.Database.AskAsync(
                "SELECT delete_time IS NOT NULL FROM model WHERE name = 'fraud'", cancellationToken));
        await GoneAsync("pipelineruns", "train-1", cancellationToken);
        _reporter.Equal(
            "an immutable object has left etcd, and its row has evicted_time and no finalizer", "1\t0\t0",
            await desk.Database.AskAsync(
                "SELECT evicted_time IS NOT NULL, delete_time IS NOT NULL, json LIKE '%\"finalizers\"%' "
                + "FROM pipelinerun",
                cancellationToken));
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await desk.Kubectl.RunAsync(
            ["delete", "models.michelangelo.api", "churn", "--timeout=25s"], cancellationToken);
        _reporter.Equal(
            "an object that existed before is held for its row, too", "1",
            await desk.Database.AskAsync(
                "SELECT COUNT(*) FROM model WHERE name = 'churn' AND delete_time IS NOT NULL", cancellationToken));
        await desk.ApplyAsync(
            Manifest.Read("michelangelo-objects").Split("---").Single(one => one.Contains("kind: Model\n")),
            cancellationToken);
        const string rows =
            "SELECT COUNT(*), SUM(delete_time IS NULL), COUNT(DISTINCT uid) FROM model WHERE name = 'churn'";
        _reporter.Equal(
            "a new object of the name has a row of its own", "2\t1\t2",
            await desk.Database.UntilAsync(rows, "2\t1\t2", cancellationToken));
    }

    private Task GoneAsync(string plural, string name, CancellationToken cancellationToken) => desk.Kubectl.RunAsync(
        ["wait", "--for=delete", $"{plural}.michelangelo.api/{name}", "--timeout=25s"], cancellationToken);
}
