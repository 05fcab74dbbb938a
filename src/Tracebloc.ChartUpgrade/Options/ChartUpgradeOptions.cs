using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;

namespace Tracebloc.ChartUpgrade.Options;

/// <summary>The options of <c>chart-upgrade</c>.</summary>
internal sealed record ChartUpgradeOptions
{
    public required string Release { get; init; }

    public required string Namespace { get; init; }

    public required ChartSource Source { get; init; }

    public required ClusterOptions Cluster { get; init; }

    /// <summary>The timeout of each of helm's waits.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The timeout for the repository's index, and again for the chart.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Upgrades to one version that are tried before it is given up.</summary>
    public int MaxAttempts { get; init; } = 3;

    public bool DryRun { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
