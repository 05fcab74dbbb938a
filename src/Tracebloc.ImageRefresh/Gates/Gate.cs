namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// The gates before a rollout. Each gate is a pure decision on the observation, in a file of its own; a tick without a
/// rollout checks none.
/// </summary>
internal static class Gate
{
    // A decision by hand comes first: its reason is the one to report.
    // Gates that need evidence come last, so that it is fetched only for digests that pass all others.
    private static readonly Func<Candidate, GateResult?>[] InOrder =
        [Hold.Check, Quarantined.Check, Soak.Check, OpeningHours.Check, Platforms.Check, Signature.Check];

    /// <summary>Null where every gate is open.</summary>
    public static GateResult? FirstRefusal(Candidate candidate)
    {
        foreach (var check in InOrder)
            if (check(candidate) is { } barrier) return barrier;
        return null;
    }
}
