using Tracebloc.Ingestor.Running;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>Plans as one line.</summary>
internal static class PlanText
{
    public static string Of(IEnumerable<RunAction> plan) => string.Join(", ", plan.Select(Of));

    private static string Of(RunAction action) => action switch
    {
        RunAction.Undo undo => $"Undo {undo.Run.Key}",
        RunAction.Begin { Replaces: true } => "Begin beside",
        RunAction.Swap { Run: { } run } => $"Swap {run.Key}",
        RunAction.Resume resume => $"Resume {resume.Run.Key}",
        RunAction.Replay replay => $"Replay {replay.Run.Key}",
        RunAction.Report report => $"Report {report.From}/{report.MayHaveArrived}",
        RunAction.Register register => $"Register {register.From}",
        RunAction.Refuse refuse => $"Refuse {refuse.Message}",
        _ => action.GetType().Name,
    };
}
