using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>With <c>ignoreOtherPlatforms</c>, a digest whose news are for other platforms restarts nothing.</summary>
internal static class OtherPlatforms
{
    /// <summary>True when the manifests of the workload's own platforms are unchanged.</summary>
    public static bool AreAllThatChanged(Candidate candidate) =>
        candidate.Image.Gates.Platforms is { IgnoresOthers: true }
        && candidate.Evidence?.Value?.Platforms is { Wanted.Count: > 0, Earlier: { } earlier } found
        && found.Wanted.All(wanted => PartsFor(wanted, found.Offered).SetEquals(PartsFor(wanted, earlier)));

    public static RefreshRecord Skip(RefreshRecord record, Digest latest, PlatformOptions? options) =>
        record.Forget() with { Skipped = latest, SkippedFor = options?.ToString() };

    /// <summary>True when an earlier tick skipped the digest for the platforms that are configured now.</summary>
    public static bool WereSkipped(RefreshRecord record, Digest latest, GateOptions gates) =>
        record.Skipped == latest && gates.Platforms is { IgnoresOthers: true }
            && Are(gates.Platforms, record.SkippedFor);

    private static bool Are(PlatformOptions options, string? written) => options.ToString() == written;

    private static HashSet<Digest> PartsFor(Platform wanted, IReadOnlyList<PlatformManifest> parts) =>
        [.. parts.Where(part => wanted.Runs(part.Platform)).Select(part => part.Digest)];
}
