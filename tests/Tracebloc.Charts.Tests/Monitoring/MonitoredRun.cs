using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.ImageRefresh.Tests;
using Tracebloc.Registry;
using Tracebloc.Telemetry;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>
/// Eight hours of image refresh against the fakes, with a tick every 15 minutes of a manual clock, so that each run
/// measures the same: two updates, one of them held for two hours, and a broken image that a later push cures.
/// </summary>
internal static class MonitoredRun
{
    private const int Ticks = 33, Refreshed = 4, Held = 8, Broken = 20, Cured = 26;

    /// <summary>The time that a new pod takes to pull its image.</summary>
    private static readonly TimeSpan Pull = TimeSpan.FromMinutes(5);

    /// <returns>The metrics of each tick.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Metric>>> PlayAsync()
    {
        await using var fixture = await TickFixture.StartAsync();
        var soaking = GateOptions.None with { MinAge = TimeSpan.FromHours(2) };
        fixture.Track(fixture.Restart("jobs-manager"), fixture.SetEnv() with { Gates = soaking });
        fixture.Push("jobs-manager", "1");
        fixture.Push("ingestor", "1");
        var ticks = new List<IReadOnlyList<Metric>>();
        for (var tick = 0; tick < Ticks; tick++)
        {
            Happen(fixture, tick);
            var report = await fixture.TickThroughWaitsAsync();
            ticks.Add(TickMetrics.Of(report, LimitsAfter(tick)));
            fixture.Time.Advance(TimeSpan.FromMinutes(15));
        }
        return ticks;
    }

    private static void Happen(TickFixture fixture, int tick)
    {
        if (tick is Refreshed or Broken or Cured)
            fixture.Push("jobs-manager", $"{tick}");
        if (tick is Held)
            fixture.Push("ingestor", $"{tick}");
        fixture.Api.OnRollout(TickFixture.Acme, _ =>
        {
            fixture.Time.Advance(Pull);
            return tick is >= Broken and < Cured ? RolloutBehaviour.Crashes : RolloutBehaviour.Completes;
        });
    }

    /// <summary>Docker Hub allows 100 pulls in six hours; others behind the same address pull too.</summary>
    private static Dictionary<string, RateLimit> LimitsAfter(int tick) => new()
    {
        ["registry-1.docker.io"] = new() { Remaining = 100 - (tick % 24 * 3) },
    };
}
