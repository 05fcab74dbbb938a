namespace Tracebloc.Ingestion.Staging;

/// <summary>The options of a transfer.</summary>
public sealed record StagingOptions
{
    /// <summary>The name of the staging folder: see <see cref="StagedPath.IsFolder"/>.</summary>
    public required string Folder { get; init; }

    /// <summary>The version of this program.</summary>
    public required string Version { get; init; }

    /// <summary>The most connections at once.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>The rule by which data is compressed.</summary>
    public CompressionChoice Compression { get; init; }

    /// <summary>The deadlines.</summary>
    public StagingDeadlines Deadlines { get; init; } = new();
}
