namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>Where measurements go: the process is gone before anybody could scrape it.</summary>
public sealed record MetricsOptions
{
    /// <summary>A file of node exporter's textfile collector.</summary>
    public string? File { get; init; }

    /// <summary>An OTLP/HTTP collector, without <c>/v1/metrics</c>.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>PEM file of authorities that are trusted there beside the system's.</summary>
    public string? CaFile { get; init; }
}
