using System.Globalization;
using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Metrics;

public sealed class OtlpTests
{
    [Fact]
    public async Task A_tick_is_pushed_as_deltas_and_gauges()
    {
        await using var collector = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        await using var fixture = await NotificationFixture.StartAsync(
            new() { Metrics = new() { Otlp = collector.Address } });
        fixture.Push("ingestor", "2");

        var report = await fixture.TickAndNotifyAsync();

        var request = Assert.Single(collector.Requests);
        Assert.Equal(
            ("POST", "/v1/metrics", "application/json"),
            (request.Method, request.Path, request.Headers["Content-Type"]));
        var resource = collector.Bodies[0]["resourceMetrics"]![0]!;
        Assert.Contains(
            """{"key":"k8s.namespace.name","value":{"stringValue":"tracebloc"}}""", resource.ToJsonString());
        var exitCode = Points(resource, "tick_exit_code", "gauge")[0]!;
        Assert.Equal((0, Nanoseconds(report)), ((double?)exitCode["asDouble"], (string?)exitCode["timeUnixNano"]));
        var ticks = Metric(resource, "ticks_total")["sum"]!;
        Assert.Equal((1, true), ((int?)ticks["aggregationTemporality"], (bool?)ticks["isMonotonic"]));
        Assert.Equal("1", (string?)Points(resource, "refresh_duration_seconds", "histogram")[0]!["count"]);
        Assert.Equal("s", (string?)Metric(resource, "refresh_duration_seconds")["unit"]);
    }

    [Theory]
    [InlineData(400, "status 400")]
    [InlineData(301, "status 301: it is elsewhere; correct the address")]
    public async Task A_collector_that_refuses_or_is_gone_is_a_warning_and_no_failure(int status, string reason)
    {
        var collector = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        var address = new Uri(collector.Address, "otel/sesame");
        await using var fixture = await NotificationFixture.StartAsync(new() { Metrics = new() { Otlp = address } });
        collector.Answer(FakeReply.Of(status));

        var refused = await fixture.TickAndNotifyAsync();
        await collector.DisposeAsync();
        var gone = await fixture.TickAndNotifyAsync();

        Assert.Equal((0, 0), (refused.ExitCode, gone.ExitCode));
        var warnings = fixture.Logger.Lines
            .Where(line => line.StartsWith("Warning", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, warnings.Count);
        Assert.EndsWith($": {reason}", warnings[0]);
        Assert.Contains("Connection refused", warnings[1]);
        Assert.DoesNotContain(warnings, line => line.Contains("sesame"));
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_is_given_five_seconds()
    {
        await using var collector = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        await using var fixture = await NotificationFixture.StartAsync(
            new() { Metrics = new() { Otlp = collector.Address } });
        collector.Answer(FakeReply.Never);
        var telling = fixture.SendAsync(await fixture.TickAsync());

        await fixture.PassWaitsUntilAsync(telling);
        await telling;

        Assert.Contains(fixture.Logger.Lines, line => line.EndsWith("no answer within 5 s", StringComparison.Ordinal));
    }

    private static JsonNode Metric(JsonNode resource, string name) => resource["scopeMetrics"]![0]!["metrics"]!
        .AsArray().Single(metric => (string?)metric!["name"] == $"tracebloc_image_refresh_{name}")!;

    private static JsonArray Points(JsonNode resource, string name, string type) =>
        Metric(resource, name)[type]!["dataPoints"]!.AsArray();

    private static string Nanoseconds(TickResult report)
    {
        var ticks = (report.StartedAt + report.Elapsed - DateTimeOffset.UnixEpoch).Ticks;
        return (ticks * 100).ToString(CultureInfo.InvariantCulture);
    }
}
