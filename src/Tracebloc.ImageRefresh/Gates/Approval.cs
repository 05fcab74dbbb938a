using System.Diagnostics.CodeAnalysis;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// A digest that every gate of its path has let through, by the evidence of this run: no other digest can be put into
/// a workload.
/// </summary>
internal sealed record Approval
{
    private Approval(Candidate candidate) =>
        (Digest, Signature) = (candidate.Digest, candidate.Evidence?.Value?.Signature);

    public Digest Digest { get; }

    /// <summary>Null where no signature is required.</summary>
    public SignatureEvidence? Signature { get; }

    /// <summary>Of a rollout: past all gates.</summary>
    /// <returns>False where a gate refuses it.</returns>
    public static bool TryGive(
        Candidate candidate,
        [NotNullWhen(true)] out Approval? approval,
        [NotNullWhen(false)] out GateResult? refusal) =>
        TryGive(candidate, refusal = Gate.FirstRefusal(candidate), out approval);

    /// <summary>Of a way back to a digest that ran before: past a hold and the signature.</summary>
    /// <returns>False where a gate refuses it.</returns>
    public static bool TryGiveReturn(
        Candidate candidate,
        [NotNullWhen(true)] out Approval? approval,
        [NotNullWhen(false)] out GateResult? refusal) =>
        TryGive(candidate, refusal = Gate.FirstRefusalOfReturn(candidate), out approval);

    private static bool TryGive(
        Candidate candidate, [NotNullWhen(false)] GateResult? refusal, [NotNullWhen(true)] out Approval? approval)
    {
        approval = refusal is null ? new(candidate) : null;
        return approval is not null;
    }
}
