using Tracebloc.Database;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Telemetry;

namespace Tracebloc.JobsManager.Web;

/// <summary>The metrics in Prometheus' text format.</summary>
/// <param name="ns">The namespace, a label of every sample.</param>
/// <param name="counters">The answers so far.</param>
/// <param name="policy">The policy.</param>
/// <param name="runs">The number of runs in each state.</param>
/// <param name="reconciledAt">The last time at which every open run was looked at; null before the first.</param>
internal sealed class MetricsPage(
    string ns,
    RequestCounters counters,
    PolicyFile policy,
    Recent<IReadOnlyDictionary<string, long>> runs,
    Func<DateTimeOffset?> reconciledAt)
{
    public const string Type = "text/plain; version=0.0.4; charset=utf-8";

    private const string Prefix = "tracebloc_jobs_manager_";

    public async Task<string> WriteAsync(CancellationToken token) => PrometheusText.Write(
        [
            new(MetricType.Counter, $"{Prefix}requests_total", "Answers, by endpoint and status.", counters.Samples()),
            Gauge("policy_rules", "Entries of the policy in force.", new Sample(policy.Current().Rules.Count)),
            Gauge(
                "policy_current", "1 while the policy's file can be used; else an earlier policy is in force.",
                new Sample(policy.IsCurrent ? 1 : 0)),
            Gauge(
                "last_reconciliation_timestamp_seconds", "Time at which every open run was last looked at.",
                reconciledAt() is { } at ? [new Sample(at.ToUnixTimeMilliseconds() / 1000.0)] : []),
            Gauge("runs", "Runs in the run table, by state; none while the database is away.", await RunsAsync(token)),
        ],
        ns,
        earlier: "");

    private async Task<Sample[]> RunsAsync(CancellationToken token)
    {
        try
        {
            var all = await runs.GetAsync(token);
            return [.. Enum.GetValues<RunState>().Select(state => new Sample(
                all.GetValueOrDefault(RunRow.Word(state)), new Label("state", RunRow.Word(state))))];
        }
        catch (DatabaseException)
        {
            return [];
        }
    }

    private static Metric Gauge(string name, string help, params Sample[] samples) =>
        new(MetricType.Gauge, $"{Prefix}{name}", help, samples);
}
