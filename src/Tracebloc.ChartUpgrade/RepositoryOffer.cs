using NuGet.Versioning;

namespace Tracebloc.ChartUpgrade;

/// <summary>The versions of the chart, or why they are not known.</summary>
internal sealed record RepositoryOffer(IReadOnlyList<SemanticVersion> Versions, string? Error)
{
    /// <summary>The newest; a prerelease only for those who run one already.</summary>
    public SemanticVersion? NewestFor(SemanticVersion deployed) =>
        Versions.Where(version => !version.IsPrerelease || deployed.IsPrerelease).Max();
}
