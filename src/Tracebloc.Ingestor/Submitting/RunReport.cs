using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>A run as jobs-manager reports it.</summary>
internal sealed record RunReport
{
    public const string Succeeded = "succeeded";

    private static readonly string[] Ends = [Succeeded, "failed", "cancelled"];

    /// <summary><c>accepted</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>The summary of the ingestor; null before the run has succeeded.</summary>
    public JsonNode? Summary { get; init; }

    public string? Error { get; init; }

    public bool IsOver => Ends.Contains(State);

    public bool HasSucceeded => State == Succeeded;

    /// <exception cref="IngestorException">The answer is none.</exception>
    public static RunReport Read(HttpAnswer answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer.Text, AnswerContext.Default.RunReport) is { } report)
                return report with { State = Line.Of(report.State) };
        }
        catch (JsonException)
        {
            // The answer is of another program, or of another version.
        }

        throw new IngestorException(
            IngestorExit.Failed, $"jobs-manager answered {answer.Status} without a state: {Line.Of(answer.Text)}");
    }

    /// <summary>The end of a run that did not succeed.</summary>
    public IngestorException Fault(string key) => new(
        IngestorExit.Failed,
        $"Run {key} {(State == "cancelled" ? "was cancelled" : State)}"
        + (Error is { Length: > 0 } reason ? $": {reason}" : ""));

    /// <summary>The same for a run that an earlier submission started.</summary>
    public IngestorException EarlierFault(string key) => new(
        IngestorExit.Failed,
        $"{Fault(key).Message}; it was submitted before and nothing new was started: change the file, or submit it "
        + "under another key");
}
