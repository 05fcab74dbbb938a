namespace Tracebloc.ChartUpgrade.Charts;

/// <summary>The versions of the chart, or why they are not known.</summary>
internal sealed record RepositoryOffer(IReadOnlyList<ChartVersion> Versions, string? Error)
{
    /// <summary>Versions that cannot be compared with others.</summary>
    public IReadOnlyList<string> Unreadable { get; private init; } = [];

    public static RepositoryOffer Of(IReadOnlyList<string> versions) =>
        new([.. versions.Select(ChartVersion.Parse).OfType<ChartVersion>()], null)
        {
            Unreadable = [.. versions.Where(version => ChartVersion.Parse(version) is null)],
        };

    /// <summary>The newest; a prerelease only for those who run one already.</summary>
    public ChartVersion? NewestFor(ChartVersion deployed) =>
        Versions.Where(version => !version.IsPrerelease || deployed.IsPrerelease).Max();
}
