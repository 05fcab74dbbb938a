using System.Text.Json.Nodes;

namespace Tracebloc.EndToEnd;

/// <summary>metadata-sync is enabled where objects exist: all that the page promises of the first start.</summary>
internal sealed class SyncEnabling(SyncDesk desk)
{
    private const string Registered = "Ingester controller registered for ";

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(39, "metadata-sync is enabled by the page's commands, while objects exist");
        var installed = await desk.RunAsync(
            "kubectl create secret generic metadata-sync-mysql", cancellationToken,
            " \\\n  --set api.enabled=true --values values.yaml --wait --timeout 3m");
        _reporter.Claim("helm installs it", installed.ExitCode == 0, installed.Error);
        var migrated = await desk.RunAsync("kubectl describe job/metadata-sync-migrate", cancellationToken);
        _reporter.Claim(
            "its Job has made the tables before",
            migrated.Output.Contains("michelangelo is up to date, changes made: "),
            $"{migrated}");
        await RegisteredAsync(cancellationToken);
        await BackfilledAsync(cancellationToken);
        await HeldAsync(cancellationToken);
        foreach (var (plural, table, name) in ((string, string, string)[])
            [("models", "model", "churn"), ("sparkjobs", "sparkjob", "features")])
            await WholeAsync(plural, table, name, cancellationToken);
        _reporter.Equal(
            "indexed columns have their values", "xgboost\tsklearn\tada\tother\ttrees",
            await desk.Database.AskAsync(
                "SELECT algorithm, training_framework, owner, model_family_namespace, model_family_name FROM model",
                cancellationToken));
        _reporter.Equal(
            "a SparkJob without its resource fields has its row, and no object failed", "1\t0",
            await desk.Database.AskAsync(
                "SELECT (SELECT COUNT(*) FROM sparkjob), (SELECT COUNT(*) FROM sync_errors)", cancellationToken));
    }

    /// <summary>The lines of the log that operators search for.</summary>
    public static async Task<IReadOnlyList<string>> RegisteredAsync(SyncDesk desk, CancellationToken cancellationToken)
    {
        const string command = $"{SyncDesk.Logs}\"Ingester controller registered\"";
        var end = await Looking.UntilAsync(
            () => desk.Shell.RunAsync(desk.Block(command), cancellationToken),
            one => one.Output.Split(Registered).Length > SyncPlatform.Kinds.Count,
            cancellationToken);
        desk.Reporter.Say($"$ {desk.Block(command)}\n{end.Output}");
        return [.. end.Output.Split('\n').Where(line => line.Contains(Registered, StringComparison.Ordinal))];
    }

    private async Task RegisteredAsync(CancellationToken cancellationToken)
    {
        var lines = await RegisteredAsync(desk, cancellationToken);
        _reporter.Equal("13 controllers are registered", SyncPlatform.Kinds.Count, lines.Count);
        var kinds = lines.Select(line => line.Split(Registered)[1].Split(':')[0].ToLowerInvariant());
        _reporter.Equal(
            "one for each kind", string.Join(' ', SyncPlatform.Kinds.Select(kind => kind.Table).Order()),
            string.Join(' ', kinds.Order()));
        var start = await desk.RunAsync($"{SyncDesk.Logs}-i \"ingester", cancellationToken);
        foreach (var words in (string[])["Metadata storage enabled", "MySQL connection established"])
            _reporter.Claim($"the log says: {words}", start.Output.Contains(words), start.Output);
    }

    private async Task BackfilledAsync(CancellationToken cancellationToken)
    {
        var expected = string.Concat(SyncPlatform.Kinds.Select(kind => $"{kind.Table}: 1\n"));
        var counted = await Looking.UntilAsync(
            () => desk.RunAsync("for table in", cancellationToken), end => end.Output == expected, cancellationToken);
        _reporter.Equal("the backfill loop counts each object that existed", expected, counted.Output);
        _reporter.Equal(
            "there are 39 tables", "39", await desk.Database.AskAsync(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'michelangelo' "
                + "AND table_name NOT LIKE 'sync%'",
                cancellationToken));
    }

    private async Task HeldAsync(CancellationToken cancellationToken)
    {
        var kinds = string.Join(',', SyncPlatform.Kinds.Select(kind => $"{kind.Plural}.michelangelo.api"));
        var without = await Looking.UntilAsync(
            async () => string.Join(' ', JsonNode.Parse(await desk.Kubectl.RunAsync(
                    ["get", kinds, "--output=json"], cancellationToken))?["items"]?.AsArray()
                .Where(one => (string?)one?["metadata"]?["finalizers"]?[0] != "michelangelo/Ingester")
                .Select(one => $"{one?["kind"]}") ?? ["none"]),
            left => left.Length == 0,
            cancellationToken);
        _reporter.Equal("each object that existed has the finalizer", "", without);
    }

    private async Task WholeAsync(string plural, string table, string name, CancellationToken cancellationToken)
    {
        var isWhole = await Looking.UntilAsync(
            async () => JsonNode.DeepEquals(
                await desk.ReadAsync(plural, name, cancellationToken),
                JsonNode.Parse(await desk.Database.AskAsync($"SELECT json FROM {table}", cancellationToken))),
            equal => equal,
            cancellationToken);
        _reporter.Claim($"json of {table} is the whole object as the API server has it", isWhole);
    }
}
