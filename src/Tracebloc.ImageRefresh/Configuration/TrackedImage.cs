using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>One entry of the configuration's <c>images</c>: a floating tag, and the workload that follows it.</summary>
public sealed record TrackedImage
{
    /// <summary>The longest key of a name, <c>NAME-refresh-failed-attempts</c>, may have 63 characters.</summary>
    internal const int LongestName = 63 - 24;

    public required string Name { get; init; }

    public required ImageReference Image { get; init; }

    public required WorkloadReference Workload { get; init; }

    public required RefreshAction Action { get; init; }

    public bool Pinned { get; init; }

    public OnFailure OnFailure { get; init; }

    public GateOptions Gates { get; init; } = GateOptions.None;

    /// <summary>True where the workload has to hold a verified digest: no tag may stand in its place.</summary>
    internal bool HoldsDigest => Gates is { Verify.Advisory: false } && Action is not RefreshAction.Restart;

    /// <summary>True when the digest has to be looked up: not for a pin, nor for a digest alone.</summary>
    public bool Floats => !Pinned && !Image.IsDigestOnly;
}
