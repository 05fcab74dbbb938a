using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Releases;

namespace Tracebloc.ChartUpgrade.Planning;

/// <summary>All that a plan is made from.</summary>
/// <param name="History">Null when there is no such release.</param>
/// <param name="Repository">The repository's offer.</param>
/// <param name="Now">The time of the observation.</param>
internal sealed record UpgradeObservation(ReleaseHistory? History, RepositoryOffer Repository, DateTimeOffset Now);
