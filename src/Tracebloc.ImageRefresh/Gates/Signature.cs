namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// A digest has to be signed as the configuration requires, also one that has settled before: it may
/// have been applied before signatures were required.
/// </summary>
internal static class Signature
{
    public static GateResult? Check(Candidate candidate)
    {
        if (candidate.Image.Gates.Verify is null)
            return null;
        if (candidate.Evidence?.Value?.Signature is not { } found)
            return candidate.Unproven("its signature is");
        if (found.Fault is { } fault)
            return new(Outcome.Misconfigured, fault);
        return found.IsVerified ? null : new(Outcome.Untrusted, $"not applied: {found.Message}");
    }
}
