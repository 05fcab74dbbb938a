using System.Text;
using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Telemetry.Tests;

public sealed class OtlpPushTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private FakeReceiver? _collector;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeReceiver Collector => _collector ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() =>
        _collector = await FakeReceiver.StartAsync(cancellationToken: Cancelled);

    public ValueTask DisposeAsync() => Collector.DisposeAsync();

    [Theory]
    [InlineData("", "/v1/metrics")]
    [InlineData("otlp", "/otlp/v1/metrics")]
    [InlineData("otlp/", "/otlp/v1/metrics")]
    public async Task An_export_is_posted_below_the_collector_s_address(string folder, string path)
    {
        Assert.Null(await SendAsync(new Uri(Collector.Address, folder)));

        var request = Assert.Single(Collector.Requests);
        Assert.Equal(
            ("POST", path, "application/json"), (request.Method, request.Path, request.Headers["Content-Type"]));
    }

    [Fact]
    public async Task The_collector_gets_the_metrics_with_their_source_and_time()
    {
        await SendAsync(Collector.Address);

        var resource = Assert.Single(Collector.Bodies)["resourceMetrics"]![0]!;
        Assert.Equal(
            """[{"key":"service.name","value":{"stringValue":"image-refresh"}},"""
            + """{"key":"k8s.namespace.name","value":{"stringValue":"tracebloc"}}]""",
            resource["resource"]!["attributes"]!.ToJsonString());
        Assert.Equal(
            """{"name":"ticks_total","description":"Ticks.","sum":{"aggregationTemporality":1,"isMonotonic":"""
            + """true,"dataPoints":[{"attributes":[],"startTimeUnixNano":"1000000000","timeUnixNano":"""
            + "\"3000000000\",\"asDouble\":1}]}}",
            resource["scopeMetrics"]![0]!["metrics"]![0]!.ToJsonString());
    }

    [Fact]
    public void Each_bucket_of_a_histogram_counts_its_own_observations()
    {
        var body = OtlpJson.Write(
            [
                new(
                    MetricType.Histogram, "lag_seconds", "The lag.",
                    [new(61.5) { Count = 4, Buckets = [new(0.5, 2), new(10, 3)] }]),
            ],
            ("metadata-sync", "ns"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        // Cumulative: the observations are all those of the process.
        Assert.Contains("\"aggregationTemporality\":2", Encoding.UTF8.GetString(body.Span));
        Assert.Contains(
            """
            "count":"4","sum":61.5,"explicitBounds":[0.5,10],"bucketCounts":["2","1","1"]}
            """,
            Encoding.UTF8.GetString(body.Span));
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(503, "status 503")]
    [InlineData(404, "status 404; correct the address")]
    [InlineData(307, "status 307: it is elsewhere; correct the address")]
    public async Task Anything_but_a_success_is_the_reason(int status, string? reason)
    {
        Collector.Answer(FakeReply.Of(status));

        Assert.Equal(reason, await SendAsync(Collector.Address));
        Assert.Single(Collector.Requests);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_a_reason()
    {
        var address = Collector.Address;
        await Collector.DisposeAsync();

        Assert.Contains("Connection refused", await SendAsync(address));
    }

    [Fact]
    public async Task A_silent_collector_is_given_up_at_the_deadline()
    {
        Collector.Answer(FakeReply.Never);
        var push = SendAsync(Collector.Address);
        await _time.WaitForTimerAsync(due => due == OtlpPush.Deadline, Cancelled);

        _time.Advance(OtlpPush.Deadline);

        Assert.Equal("no answer within 5 s", await push);
    }

    [Fact]
    public async Task A_CA_file_that_is_missing_is_a_reason_and_nothing_is_sent()
    {
        Assert.Contains("/nowhere/ca.crt", await SendAsync(Collector.Address, "/nowhere/ca.crt"));
        Assert.Empty(Collector.Requests);
    }

    [Fact]
    public async Task A_cancelled_push_is_no_reason()
    {
        using var stopping = new CancellationTokenSource();
        Collector.Answer(FakeReply.Never);
        var push = SendAsync(Collector.Address, token: stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => push);
    }

    private Task<string?> SendAsync(Uri collector, string? caFile = null, CancellationToken? token = null)
    {
        var start = DateTimeOffset.UnixEpoch.AddSeconds(1);
        var export = OtlpJson.Write(
            [new Metric(MetricType.Counter, "ticks_total", "Ticks.", [new(1)])],
            ("image-refresh", "tracebloc"), start, start.AddSeconds(2));
        var options = new JsonPosterOptions(collector.Host, caFile, "tests", _ => null);
        return OtlpPush.SendAsync(collector, export, options, _time, token ?? Cancelled);
    }
}
