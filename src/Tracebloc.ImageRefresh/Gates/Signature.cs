namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// A digest has to be signed by whom the configuration names. That holds for one that has settled before, too: it may
/// have been there before somebody asked for signatures.
/// </summary>
internal static class Signature
{
    public static GateResult? Check(Candidate candidate)
    {
        if (candidate.Image.Gates.Verify is null)
            return null;
        if (candidate.Evidence?.Signature is not { } found)
            return new(Outcome.Held, "held: its signature is not checked yet") { NeedsEvidence = true };
        if (found.Fault is { } fault)
            return new(Outcome.Misconfigured, fault);
        return found.IsVerified ? null : new(Outcome.Untrusted, $"not applied: {found.Message}");
    }
}
