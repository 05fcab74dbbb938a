using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>The result of a run that succeeded.</summary>
internal sealed record RunReport
{
    public required UploadIntent Intent { get; init; }

    public string? RegisteredModelId { get; init; }

    public string? ModelVersionId { get; init; }

    public string? ModelArtifactId { get; init; }

    /// <summary>The published model's address, as the Model Registry has it.</summary>
    public string? Uri { get; init; }

    /// <summary>The digest of what was published; null where the destination has none.</summary>
    public string? Digest { get; init; }
}
