namespace Tracebloc.ChartUpgrade.Releases;

/// <summary>Helm's revisions of a release, the oldest first, at least one.</summary>
internal sealed record ReleaseHistory(IReadOnlyList<ReleaseRevision> Revisions)
{
    public ReleaseRevision Last => Revisions[^1];

    /// <summary>
    /// The revision that is installed, as far as helm knows: a newer one may be on its way. A helm that was killed in
    /// the last moment has called it superseded already.
    /// </summary>
    public ReleaseRevision? Deployed =>
        Revisions.LastOrDefault(revision => revision.Status == "deployed")
        ?? Revisions.LastOrDefault(revision => revision is { Status: "superseded", IsFailedAttempt: false });

    /// <summary>Upgrades to this version that did not get there.</summary>
    public int FailedAttempts(string chart, ChartVersion version) => Revisions.Count(revision =>
        revision.IsFailedAttempt && version.CompareTo(revision.VersionOf(chart)) == 0);
}
