using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>Holds an image by the configuration, or a workload by its annotation.</summary>
internal static class Hold
{
    /// <summary>The annotation on the workload; its value is the reason.</summary>
    public const string Annotation = "tracebloc.io/refresh-hold";

    private const int LongestReason = 200;

    public static GateResult? Check(Candidate candidate)
    {
        if (candidate.Workload.Metadata.Annotations?.GetValueOrDefault(Annotation) is { } reason)
        {
            var text = Line.Of(reason, LongestReason);
            return Held($"{Annotation}: {(text.Length == 0 ? "no reason given" : text)}");
        }
        return candidate.Image.Gates.Hold ? Held("the configuration") : null;
    }

    private static GateResult Held(string by) => new(Outcome.Held, $"held by {by}");
}
