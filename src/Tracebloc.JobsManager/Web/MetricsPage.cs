using System.Globalization;
using Tracebloc.Database;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Telemetry;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>The metrics in Prometheus' text format.</summary>
/// <param name="ns">The namespace, a label of every sample.</param>
/// <param name="counters">The answers so far.</param>
/// <param name="policy">The policy.</param>
/// <param name="counts">The numbers of runs and deletions in each state.</param>
/// <param name="reconciledAt">The last time at which every open run was looked at; null before the first.</param>
internal sealed class MetricsPage(
    string ns,
    RequestCounters counters,
    PolicyFile policy,
    Recent<RunCounts> counts,
    Func<DateTimeOffset?> reconciledAt)
{
    public const string Type = "text/plain; version=0.0.4; charset=utf-8";

    private const string Prefix = "tracebloc_jobs_manager_";

    private static readonly UndoState[] OpenUndos = [UndoState.Wanted, UndoState.Failed];

    private static readonly DeletionState[] OpenDeletions = [DeletionState.Wanted, DeletionState.Failed];

    public async Task<string> WriteAsync(CancellationToken token)
    {
        var all = await CountAsync(token);
        return PrometheusText.Write(
            [
                new(
                    MetricType.Counter, $"{Prefix}requests_total", "Answers, by endpoint and status.",
                    [.. counters.Counts.Select(Sample)]),
                Gauge("policy_rules", "Entries of the policy in force.", new Sample(policy.Current().Rules.Count)),
                Gauge(
                    "policy_current", "1 while the policy's file can be used; else an earlier policy is in force.",
                    new Sample(policy.IsCurrent ? 1 : 0)),
                Gauge(
                    "last_reconciliation_timestamp_seconds", "Time at which every open run was last looked at.",
                    reconciledAt() is { } at ? [new Sample(at.ToUnixTimeMilliseconds() / 1000.0)] : []),
                Gauge(
                    "runs", "Runs in the run table, by state; none while the database is away.",
                    Samples(all?.Runs, Enum.GetValues<RunState>())),
                Gauge(
                    "undos", "Runs whose rows and files are to be removed, or could not be removed.",
                    Samples(all?.Undos, OpenUndos)),
                Gauge(
                    "deletions", "Data sets that are being deleted, or could not be deleted.",
                    Samples(all?.Deletions, OpenDeletions)),
            ],
            ns,
            earlier: "");
    }

    private async Task<RunCounts?> CountAsync(CancellationToken token)
    {
        try
        {
            return await counts.GetAsync(token);
        }
        catch (DatabaseException)
        {
            return null;
        }
    }

    private static Sample Sample(RequestCount answers) => new(
        answers.Count,
        new Label("endpoint", answers.Route),
        new Label("status", answers.Status.ToString(CultureInfo.InvariantCulture)));

    private static Sample[] Samples<T>(IReadOnlyDictionary<string, long>? numbers, IReadOnlyList<T> states)
        where T : struct, Enum => numbers is null
        ? []
        : [.. states.Select(state => RunRow.Word(state)).Select(
            word => new Sample(numbers.GetValueOrDefault(word), new Label("state", word)))];

    private static Metric Gauge(string name, string help, params Sample[] samples) =>
        new(MetricType.Gauge, $"{Prefix}{name}", help, samples);
}
