using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>image-refresh release</c> was told.</summary>
internal sealed record ReleaseOptions
{
    public required string Name { get; init; }

    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    /// <summary>A digest or its beginning, as reports print it; null: all of the image's.</summary>
    public string? Digest { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
