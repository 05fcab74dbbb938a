using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>image-refresh run</c> was told.</summary>
internal sealed record RunOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public bool DryRun { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
