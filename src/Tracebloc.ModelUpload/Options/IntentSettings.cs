namespace Tracebloc.ModelUpload.Options;

/// <summary>The change that the Model Registry records.</summary>
internal sealed record IntentSettings
{
    public required UploadIntent Kind { get; init; }

    public string? ModelId { get; init; }

    public string? ModelVersionId { get; init; }

    public string? ModelArtifactId { get; init; }

    /// <summary>The folder of metadata; null where the intent needs none and there is none.</summary>
    public string? MetadataPath { get; init; }

    /// <summary>On failure: the artifact's state from before, or ABANDONED.</summary>
    public FailureState OnFailure { get; init; }
}
