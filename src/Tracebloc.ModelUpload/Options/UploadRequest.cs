using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Options;

/// <summary>All options of a run, read, merged by their precedence and checked together.</summary>
internal sealed record UploadRequest
{
    public required SourceSettings Source { get; init; }

    public required DestinationSettings Destination { get; init; }

    public required IntentSettings Intent { get; init; }

    /// <summary>The metadata folder's content.</summary>
    public ModelMetadata Metadata { get; init; } = ModelMetadata.None;

    public required ModelRegistrySettings Registry { get; init; }

    public required SigningSettings Signing { get; init; }

    public required MovingSettings Moving { get; init; }
}
