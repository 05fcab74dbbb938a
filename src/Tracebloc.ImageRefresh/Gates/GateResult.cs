namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A gate's reason to delay a rollout.</summary>
/// <param name="Outcome">As what the image is reported, which also decides the exit code.</param>
/// <param name="Message">The reason and the remedy.</param>
/// <param name="Until">The time at which the gate opens by itself; null where an operator has to act.</param>
internal sealed record GateResult(Outcome Outcome, string Message, DateTimeOffset? Until = null)
{
    /// <summary>It has stood for so long that it counts as a failure.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>By evidence of this run, or too much of it, which is fetched again only after a while.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>No gate holds the digest so far, but the evidence for this gate was not fetched.</summary>
    public bool NeedsEvidence { get; init; }
}
