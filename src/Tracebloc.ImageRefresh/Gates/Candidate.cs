using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A digest that is about to be rolled out, and all that a gate may judge it by.</summary>
internal sealed record Candidate(
    TrackedImage Image, Digest Digest, RefreshRecord Record, Workload Workload, DateTimeOffset Now)
{
    public required RefreshPolicy Policy { get; init; }

    /// <summary>The evidence fetched in this run to judge it; null where none was.</summary>
    public Fetched<Evidence>? Evidence { get; init; }

    /// <summary>True when the workload has yet to settle on it: setting a settled one again changes nothing.</summary>
    public bool IsNew => Record.Settled != Digest;

    /// <summary>The refusal of a gate for which there is no evidence.</summary>
    /// <param name="evidence">The subject of the evidence and its verb, as the report has them.</param>
    public GateResult Unproven(string evidence) => Evidence is { IsOk: false } failed
        ? new(Outcome.Unresolved, failed.Message ?? $"{evidence} unknown", failed.RetryAt)
        : new(Outcome.Held, $"held: {evidence} not checked yet") { NeedsEvidence = true };
}
