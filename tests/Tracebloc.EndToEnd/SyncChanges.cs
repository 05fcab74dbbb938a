using System.Globalization;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>Objects are made and changed, and their rows follow.</summary>
internal sealed class SyncChanges(SyncDesk desk)
{
    private const string Version = "SELECT res_version, update_time FROM model WHERE name = 'fraud'";

    private const string Labels = "SELECT GROUP_CONCAT(l.`key`, '=', l.`value` ORDER BY l.`key`) FROM model m "
        + "JOIN model_labels l ON l.obj_uid = m.uid WHERE m.name = 'fraud'";

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(40, "Objects are made and changed: their rows follow, at once");
        await CreateAsync(cancellationToken);
        await ChangeAsync(cancellationToken);
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
        await desk.RunAsync("kubectl create --namespace demo", cancellationToken);
        _reporter.Equal(
            "a new object has its row", "xgboost\tada",
            await desk.Database.UntilAsync(
                "SELECT algorithm, owner FROM model WHERE name = 'fraud'", "xgboost\tada", cancellationToken));
        await desk.Kubectl.RunAsync(
            [
                "wait", "models.michelangelo.api/fraud", "--timeout=25s",
                "--for=jsonpath={.metadata.finalizers[0]}=michelangelo/Ingester",
            ],
            cancellationToken);
        var held = await desk.ReadAsync("models", "fraud", cancellationToken);
        await desk.Database.UntilAsync(
            "SELECT res_version FROM model WHERE name = 'fraud'", $"{held?["metadata"]?["resourceVersion"]}",
            cancellationToken);
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        var before = (await desk.Database.AskAsync(Version, cancellationToken)).Split('\t');
        await desk.RunAsync("kubectl patch models.michelangelo.api fraud", cancellationToken);
        _reporter.Equal(
            "a change reaches its indexed column", "lightgbm",
            await desk.Database.UntilAsync(
                "SELECT algorithm FROM model WHERE name = 'fraud'", "lightgbm", cancellationToken));
        _reporter.Equal(
            "labels that are changed and added are so in their table", "stage=prod,team=b",
            await desk.Database.UntilAsync(Labels, "stage=prod,team=b", cancellationToken));
        var after = (await desk.Database.AskAsync(Version, cancellationToken)).Split('\t');
        _reporter.Claim(
            "res_version advances", Number(after[0]) > Number(before[0]), $"{before[0]}, then {after[0]}");
        _reporter.Claim(
            "update_time advances", string.CompareOrdinal(after[1], before[1]) > 0, $"{before[1]}, then {after[1]}");
        await desk.Kubectl.RunAsync(["label", "models.michelangelo.api", "fraud", "stage-"], cancellationToken);
        _reporter.Equal(
            "a label that is removed is so there", "team=b",
            await desk.Database.UntilAsync(Labels, "team=b", cancellationToken));
        _reporter.Equal(
            "annotations keep each character", "it's \"100 %\" \\ done",
            await desk.Database.AskAsync(
                "SELECT `value` FROM model_annotations WHERE `key` = 'example.com/note'", cancellationToken));

        static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task LagAsync(CancellationToken cancellationToken)
    {
        var leader = await desk.LeaderAsync(cancellationToken);
        var metrics = new SyncMetrics(await desk.Home.RunAsync(
            ["get", "--raw", $"/api/v1/namespaces/{desk.Home.Namespace}/pods/{leader}:8080/proxy/metrics"],
            cancellationToken));
        var (sum, count) = (metrics.Find("lag_seconds_sum", "Model"), metrics.Find("lag_seconds_count", "Model"));
        _reporter.Say($"from an event to its commit: {1000 * sum / count:0} ms, the mean of {count} changes of models");
        _reporter.Claim("rows follow within milliseconds", count > 0 && sum / count < 0.5, $"{sum} s for {count}");
    }
}
