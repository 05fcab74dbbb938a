using System.Globalization;

namespace Tracebloc.EndToEnd;

/// <summary>Objects are made and changed, and their rows follow.</summary>
internal sealed class SyncChanges(SyncDesk desk)
{
    private const string Model = """
        apiVersion: michelangelo.api/v2
        kind: Model
        metadata: {name: fresh, labels: {team: b, draft: 'yes'}}
        spec: {algorithm: xgboost, owner: {name: bob}}
        """;

    private const string Version = "SELECT res_version, update_time FROM model WHERE name = 'fresh'";

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(40, "Objects are made and changed: their rows follow, at once");
        await CreateAsync(cancellationToken);
        await ChangeAsync(cancellationToken);
        await LabelAsync(cancellationToken);
        await desk.Kubectl.RunAsync(
            [
                "patch", "pipelineruns.michelangelo.api", "train-1", "--subresource=status", "--type=merge",
                """--patch={"status": {"state": "SUCCEEDED", "endTime": "2026-01-02T03:04:05Z"}}""",
            ],
            cancellationToken);
        _reporter.Equal(
            "a status is a change, and fills its columns", "SUCCEEDED\t2026-01-02 03:04:05.000000",
            await desk.Database.UntilAsync(
                "SELECT state, end_time FROM pipelinerun", "SUCCEEDED\t2026-01-02 03:04:05.000000",
                cancellationToken));
        await LagAsync(cancellationToken);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await desk.ApplyAsync(Model, cancellationToken);
        _reporter.Equal(
            "a new object has its row", "xgboost\tbob",
            await desk.Database.UntilAsync(
                "SELECT algorithm, owner FROM model WHERE name = 'fresh'", "xgboost\tbob", cancellationToken));
        await desk.Kubectl.RunAsync(
            [
                "wait", "models.michelangelo.api/fresh", "--timeout=25s",
                "--for=jsonpath={.metadata.finalizers[0]}=michelangelo/Ingester",
            ],
            cancellationToken);
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        var held = await desk.ReadAsync("models", "fresh", cancellationToken);
        var before = await desk.Database.UntilAsync(
            Version.Replace(", update_time", "", StringComparison.Ordinal), $"{held?["metadata"]?["resourceVersion"]}",
            cancellationToken);
        var since = (await desk.Database.AskAsync(Version, cancellationToken)).Split('\t')[1];
        await desk.Kubectl.RunAsync(
            [
                "patch", "models.michelangelo.api", "fresh", "--type=merge",
                """--patch={"spec": {"algorithm": "lightgbm"}}""",
            ],
            cancellationToken);
        _reporter.Equal(
            "a change reaches its indexed column", "lightgbm",
            await desk.Database.UntilAsync(
                "SELECT algorithm FROM model WHERE name = 'fresh'", "lightgbm", cancellationToken));
        var after = (await desk.Database.AskAsync(Version, cancellationToken)).Split('\t');
        _reporter.Say($"res_version {before} → {after[0]}, update_time {since} → {after[1]}");
        _reporter.Claim(
            "res_version advances",
            ulong.Parse(after[0], CultureInfo.InvariantCulture) > ulong.Parse(before, CultureInfo.InvariantCulture),
            $"{before}, then {after[0]}");
        _reporter.Claim(
            "update_time advances", string.CompareOrdinal(after[1], since) > 0, $"{since}, then {after[1]}");
    }

    private async Task LabelAsync(CancellationToken cancellationToken)
    {
        await desk.Kubectl.RunAsync(
            ["label", "models.michelangelo.api", "fresh", "team=a", "stage=dev", "draft-", "--overwrite"],
            cancellationToken);
        _reporter.Equal(
            "labels that are changed, added and removed are so in their table", "stage=dev,team=a",
            await desk.Database.UntilAsync(
                "SELECT GROUP_CONCAT(l.`key`, '=', l.`value` ORDER BY l.`key`) FROM model m "
                + "JOIN model_labels l ON l.obj_uid = m.uid WHERE m.name = 'fresh'",
                "stage=dev,team=a", cancellationToken));
        _reporter.Equal(
            "annotations keep each character", "it's \"100 %\" \\ done",
            await desk.Database.AskAsync(
                "SELECT `value` FROM model_annotations WHERE `key` = 'example.com/note'", cancellationToken));
    }

    private async Task LagAsync(CancellationToken cancellationToken)
    {
        var leader = await desk.LeaderAsync(cancellationToken);
        var metrics = await desk.Home.RunAsync(
            ["get", "--raw", $"/api/v1/namespaces/{desk.Home.Namespace}/pods/{leader}:8080/proxy/metrics"],
            cancellationToken);
        var (sum, count) = (Value("lag_seconds_sum"), Value("lag_seconds_count"));
        _reporter.Say($"from an event to its commit: {1000 * sum / count:0} ms, the mean of {count} changes of models");
        _reporter.Claim("rows follow within milliseconds", count > 0 && sum / count < 0.5, $"{sum} s for {count}");

        double Value(string metric) => metrics.Split('\n')
            .Where(line => line.StartsWith($"metadata_sync_{metric}{{", StringComparison.Ordinal)
                && line.Contains("kind=\"Model\"", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture))
            .FirstOrDefault();
    }
}
