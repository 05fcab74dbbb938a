using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Runs;

/// <summary>The end of a run as the end of a verb: the run's state decides, and no log.</summary>
internal static class RunEnd
{
    /// <param name="run">The run as it was seen last; null where it was not seen.</param>
    public static Ending Of(RunReport? run) => run switch
    {
        not { IsOver: true } => Ending.Unknown,
        { HasSucceeded: false } => Ending.OfFault(CliExit.Run),
        _ when RunSummary.Of(run.Summary) is { HasFailures: true } => Ending.CompletedWithFailures,
        _ => Ending.Succeeded,
    };

    /// <summary>The fault, its cause and the remedy; null for a success.</summary>
    /// <param name="run">The run as it was seen last; null where it was not seen.</param>
    /// <param name="key">Its key.</param>
    public static string? FaultOf(RunReport? run, string key)
    {
        var end = Of(run);
        return end == Ending.Succeeded ? null
            : end == Ending.CompletedWithFailures
                ? $"Run {key} has loaded a part of the data set: the summary has the numbers; "
                    + "correct the data and push it again"
            : end == Ending.Unknown
                ? $"Run {key} is {run?.State ?? "accepted"} and not over; it goes on: tracebloc dataset watch {key}"
            : $"{run?.Describe(key)}; its log has more: tracebloc dataset logs {key}";
    }
}
