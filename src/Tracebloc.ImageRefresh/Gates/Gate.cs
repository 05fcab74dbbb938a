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

    // A digest that ran before is old enough and fits the nodes, and a failed one does not wait for a window. Only the
    // record says that it ran, and everyone who may annotate the workload can write that.
    private static readonly Func<Candidate, GateResult?>[] OfReturn = [Hold.Check, Signature.Check];

    /// <summary>Null where every gate is open.</summary>
    public static GateResult? FirstRefusal(Candidate candidate) => First(InOrder, candidate);

    /// <summary>Null where the gates before a rollback are open.</summary>
    public static GateResult? FirstRefusalOfReturn(Candidate candidate) => First(OfReturn, candidate);

    private static GateResult? First(Func<Candidate, GateResult?>[] gates, Candidate candidate)
    {
        foreach (var check in gates)
            if (check(candidate) is { } refusal) return refusal;
        return null;
    }
}
