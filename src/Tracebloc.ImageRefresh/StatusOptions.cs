using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>image-refresh status</c> was told.</summary>
internal sealed record StatusOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
