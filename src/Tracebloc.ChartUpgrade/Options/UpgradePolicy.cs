namespace Tracebloc.ChartUpgrade.Options;

/// <summary>The policy of a plan.</summary>
/// <param name="Chart">The name of the chart.</param>
/// <param name="Abandoned">After how long a pending operation has no helm any more.</param>
/// <param name="MaxAttempts">Failed upgrades to one version before it is given up.</param>
internal sealed record UpgradePolicy(string Chart, TimeSpan Abandoned, int MaxAttempts);
