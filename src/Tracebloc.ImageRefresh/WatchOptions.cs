using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>image-refresh watch</c> was told.</summary>
internal sealed record WatchOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public TimeSpan Interval { get; init; }

    /// <summary><c>ADDRESS:PORT</c> of the health endpoint; null: none.</summary>
    public string? Listen { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
