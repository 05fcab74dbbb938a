namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A gate's reason to delay a rollout.</summary>
/// <param name="Outcome">As what the image is reported, which also decides the exit code.</param>
/// <param name="Message">Why, and what an operator can do about it.</param>
/// <param name="Until">When time alone lifts it; null where somebody has to act.</param>
internal sealed record GateResult(Outcome Outcome, string Message, DateTimeOffset? Until = null)
{
    /// <summary>It has stood for so long that it counts as a failure.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Nothing speaks against the digest so far, but what the gate judges by was not fetched.</summary>
    public bool NeedsEvidence { get; init; }
}
