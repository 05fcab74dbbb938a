using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Cli.Pushing;

/// <summary>The options of <c>tracebloc dataset push</c>.</summary>
internal sealed record PushOptions(DescriptionOptions Description, ReleaseOptions Release, ScreenOptions Screen)
{
    /// <summary>The folder, or a CSV; null: asked for.</summary>
    public string? Path { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The program ends after the submission.</summary>
    public bool Detach { get; init; }

    /// <summary>A data set that is there is replaced.</summary>
    public bool Overwrite { get; init; }

    public CompressionChoice Compress { get; init; }

    /// <summary>The run's key; null: a new one.</summary>
    public string? Key { get; init; }

    /// <summary>The digest of the ingestor's image; null: that of the release.</summary>
    public string? ImageDigest { get; init; }
}
