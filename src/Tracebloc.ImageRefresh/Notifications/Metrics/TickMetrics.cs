using System.Globalization;
using System.Text.Json;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Registry;
using Tracebloc.Telemetry;

namespace Tracebloc.ImageRefresh.Notifications.Metrics;

/// <summary>The metrics of a tick.</summary>
internal static class TickMetrics
{
    private const string Prefix = "tracebloc_image_refresh_";

    public static IReadOnlyList<Metric> Of(TickResult report, IReadOnlyDictionary<string, RateLimit> limits)
    {
        var end = report.StartedAt + report.Elapsed;
        return
        [
            Gauge("last_tick_timestamp_seconds", "Time at which the last tick ended.", new Sample(Seconds(end))),
            Gauge("tick_duration_seconds", "Duration of the last tick.", new Sample(report.Elapsed.TotalSeconds)),
            Gauge("tick_exit_code", "Exit code of the last tick; 0 is success.", new Sample(report.ExitCode)),
            Counter("ticks_total", "Ticks, by exit code.",
                new Sample(1, Of("exit_code", report.ExitCode.ToString(CultureInfo.InvariantCulture)))),
            Gauge("images", "Images of the last tick, by their outcome.", [.. Enum.GetValues<Outcome>()
                .Select(outcome => new Sample(report.Images.Count(image => image.Outcome == outcome), Of(outcome)))]),
            Counter("outcomes_total", "Outcomes of images over all ticks.", [.. report.Images
                .GroupBy(image => image.Outcome)
                .Select(group => new Sample(group.Count(), Of(group.Key)))]),
            Gauge("digest_age_seconds", "Time since the digest in place was applied.", [.. report.Images
                .Where(image => image.Record.AppliedAt is not null)
                .Select(image => new Sample((end - image.Record.AppliedAt)?.TotalSeconds ?? 0, Of(image)))]),
            Gauge("new_digest_age_seconds", "Time since a newer digest was first seen, with minAge.", [.. report.Images
                .Where(image => image.Record.SeenAt is not null)
                .Select(image => new Sample((end - image.Record.SeenAt)?.TotalSeconds ?? 0, Of(image)))]),
            new(MetricType.Summary, $"{Prefix}refresh_duration_seconds", "Time from a patch to its rollout's end.",
                [.. report.Images.SelectMany(Durations)]),
            Gauge("registry_requests_left", "Pulls that a registry still allows.", [.. limits
                .Where(limit => limit.Value.Remaining is not null)
                .OrderBy(limit => limit.Key, StringComparer.Ordinal)
                .Select(limit => new Sample(limit.Value.Remaining ?? 0, Of("registry", limit.Key)))]),
        ];
    }

    private static IEnumerable<Sample> Durations(ImageResult image)
    {
        var durations = image.Notifications.Select(each => each.Took).OfType<TimeSpan>().ToList();
        if (durations.Count > 0)
            yield return new Sample(durations.Sum(took => took.TotalSeconds), Of(image)) { Count = durations.Count };
    }

    private static Metric Gauge(string name, string help, params IReadOnlyList<Sample> samples) =>
        new(MetricType.Gauge, Prefix + name, help, samples);

    private static Metric Counter(string name, string help, params IReadOnlyList<Sample> samples) =>
        new(MetricType.Counter, Prefix + name, help, samples);

    private static Label[] Of(string name, string value) => [new(name, value)];

    private static Label[] Of(ImageResult image) =>
        [new("image", image.Image.Name), new("workload", image.Image.Workload.ToString())];

    private static Label[] Of(Outcome outcome) =>
        Of("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()));

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
