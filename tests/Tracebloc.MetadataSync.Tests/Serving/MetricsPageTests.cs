using System.Text.RegularExpressions;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Keeping;
using Tracebloc.MetadataSync.Serving;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.MetadataSync.Tests.Settings;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Serving;

/// <summary>The page of metrics, and the table of docs/metadata-sync.md on it.</summary>
public sealed partial class MetricsPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeMySqlServer _mySql = FakeMySqlServer.Start(_ => null);
    private readonly KubernetesClient _client = new(
        new KubernetesClientConfiguration { Server = new Uri("http://localhost:1"), Token = "" }, TimeProvider.System);

    private SessionPool? _pool;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Health Health { get; set; } = null!; // InitializeAsync sets them.

    private Mirror Mirror { get; set; } = null!;

    private string Page => new MetricsPage("ns", Health, Retention.NumbersOf(Some.Settings("").Kinds)).Write();

    public async ValueTask InitializeAsync()
    {
        var options = new DatabaseOptions
        {
            Host = "localhost",
            Port = _mySql.Port,
            User = "sync",
            Password = "a password",
            Database = "michelangelo",
        };
        _pool = new SessionPool(
            await DatabaseServer.WaitAsync(options, TimeSpan.FromSeconds(30), TimeProvider.System, null, Token),
            SessionUse.Sharing, new SessionPoolOptions());
        Mirror = new Mirror(new MirrorSetup
        {
            Client = _client,
            Pool = _pool,
            Settings = Some.Settings(""),
            Identity = "pod-1",
            Time = TimeProvider.System,
            Logger = new RecordingLogger(),
        });
        Health = new Health(_client, TimeProvider.System) { IsLeading = true };
        Health.Connect(_pool, Mirror);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pool is not null) await _pool.DisposeAsync();
        _client.Dispose();
        await _mySql.DisposeAsync();
    }

    [Fact]
    public void Each_kind_has_its_numbers()
    {
        var models = Mirror.Numbers.Single(numbers => numbers.Kind == "Model");
        models.Waiting = () => (7, 3);
        models.AddWritten(5);
        models.AddErrors(2);
        models.AddRetries(4);
        models.Lag.Add(TimeSpan.FromMilliseconds(10));
        models.Lag.Add(TimeSpan.FromMilliseconds(11));
        models.Lag.Add(TimeSpan.FromHours(1));
        models.Sync(Now);

        string[] expected =
        [
            Line("queue_depth", "7"), Line("chores", "3"), Line("rows_written_total", "5"), Line("errors_total", "2"),
            "workqueue_retries_total{namespace=\"ns\",name=\"ingester_Model\"} 4",
            Bucket("0.005", 0), Bucket("0.01", 1), Bucket("0.025", 2), Bucket("1800", 2), Bucket("+Inf", 3),
            Line("lag_seconds_sum", "3600.021"), Line("lag_seconds_count", "3"),
            Line("last_sync_timestamp_seconds", "1796040000"),
        ];
        Assert.Subset(Page.Split('\n').ToHashSet(), expected.ToHashSet());

        static string Line(string name, string value) =>
            $"tracebloc_metadata_sync_{name}{{namespace=\"ns\",kind=\"Model\"}} {value}";

        static string Bucket(string most, int count) =>
            $"tracebloc_metadata_sync_lag_seconds_bucket{{namespace=\"ns\",kind=\"Model\",le=\"{most}\"}} {count}";
    }

    [Fact]
    public void A_replica_that_stands_by_follows_nothing()
    {
        Health.IsLeading = false;

        Assert.Contains("tracebloc_metadata_sync_leading{namespace=\"ns\"} 0\n", Page);
        Assert.DoesNotContain("_following{", Page);
    }

    [Fact]
    public void The_documentation_has_each_metric_with_its_type_and_its_labels()
    {
        foreach (var numbers in Mirror.Numbers) numbers.Sync(Now);

        new MarkedPage("docs/metadata-sync.md").Verify(
            "metrics",
            $"""

            | metric | type | labels | meaning |
            |---|---|---|---|
            {string.Join('\n', Metric().Matches(Page).Select(metric =>
                $"| `{metric.Groups["name"]}` | {metric.Groups["type"]} | {LabelsOf(metric.Groups["labels"].Value)} "
                + $"| {metric.Groups["help"]} |"))}

            """ + "\n");
    }

    private static string LabelsOf(string labels) => string.Join(
        ", ", LabelName().Matches(labels).Select(label => $"`{label.Groups[1]}`"));

    [GeneratedRegex(
        @"# HELP (?<name>\w+) (?<help>.+)\n# TYPE \w+ (?<type>\w+)\n\w+\{(?<labels>[^}]*)\}")]
    private static partial Regex Metric();

    [GeneratedRegex("(\\w+)=\"")]
    private static partial Regex LabelName();
}
