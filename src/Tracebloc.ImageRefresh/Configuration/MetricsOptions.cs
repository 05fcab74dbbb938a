namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The receivers of metrics: the process ends before it could be scraped.</summary>
public sealed record MetricsOptions
{
    /// <summary>A file of node exporter's textfile collector.</summary>
    public string? File { get; init; }

    /// <summary>An OTLP/HTTP collector, without <c>/v1/metrics</c>.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>PEM file of authorities that are trusted there beside the system's.</summary>
    public string? CaFile { get; init; }
}
