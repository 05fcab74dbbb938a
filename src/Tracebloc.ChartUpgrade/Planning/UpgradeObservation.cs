using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Releases;

namespace Tracebloc.ChartUpgrade.Planning;

/// <summary>All that a plan is made from.</summary>
/// <param name="History">Null when there is no such release.</param>
/// <param name="Repository">What the repository offers.</param>
/// <param name="Now">When that was.</param>
internal sealed record UpgradeObservation(ReleaseHistory? History, RepositoryOffer Repository, DateTimeOffset Now);
