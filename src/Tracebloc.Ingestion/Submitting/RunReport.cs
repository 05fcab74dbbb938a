using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>A run as jobs-manager reports it.</summary>
public sealed record RunReport
{
    private const string Succeeded = "succeeded", Cancelled = "cancelled";

    private static readonly string[] Ends = [Succeeded, "failed", Cancelled];

    /// <summary>The key.</summary>
    public string IdempotencyKey { get; init; } = "";

    /// <summary>The table.</summary>
    public string Table { get; init; } = "";

    /// <summary>The category.</summary>
    public string Category { get; init; } = "";

    /// <summary>The use of the rows.</summary>
    public string Intent { get; init; } = "";

    /// <summary><c>accepted</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>The Job.</summary>
    public string JobName { get; init; } = "";

    /// <summary>The namespace of the Job.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The time at which jobs-manager took it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The time at which its first pod started; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time of its end; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The summary of the ingestor; null before the run has succeeded.</summary>
    public JsonNode? Summary { get; init; }

    /// <summary>The last error; of a run that is not over the reason why its pod does not start.</summary>
    public string? Error { get; init; }

    /// <summary>The removal of what it wrote: <c>none</c>, <c>wanted</c>, <c>done</c> or <c>failed</c>.</summary>
    public string Undo { get; init; } = "";

    /// <summary>The time at which its data set was deleted; null: it was not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>True where its pods have ended, or are to end.</summary>
    [JsonIgnore]
    public bool IsOver => Ends.Contains(State);

    /// <summary>
    /// True where its state stays: a cancelled run whose last pod was quicker than the cancellation has succeeded.
    /// </summary>
    [JsonIgnore]
    public bool IsSettled => IsOver && !(State == Cancelled && Undo == "wanted");

    /// <summary>True where it has loaded its data set.</summary>
    [JsonIgnore]
    public bool HasSucceeded => State == Succeeded;

    /// <summary>The end of the run in words.</summary>
    /// <param name="key">The run.</param>
    public string Describe(string key) =>
        $"Run {key} {(State == Cancelled ? "was cancelled" : State)}"
        + (Error is { Length: > 0 } reason ? $": {reason}" : "");

    /// <exception cref="SubmittingException">The answer is none.</exception>
    internal static RunReport Read(HttpAnswer answer)
    {
        var report = AnswerText.Require(answer, AnswerContext.Default.RunReport, "a state");
        return report with { State = Line.Of(report.State) };
    }
}
