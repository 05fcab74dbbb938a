namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The metadata folder; a section without keys is null.</summary>
internal sealed record ModelMetadata(
    RegisteredModelMetadata? RegisteredModel,
    ModelVersionMetadata? ModelVersion,
    ModelArtifactMetadata? ModelArtifact)
{
    public static ModelMetadata None { get; } = new(null, null, null);
}
