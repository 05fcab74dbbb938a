namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The keys <c>ModelVersion.*</c> of the metadata folder; absent keys are null.</summary>
internal sealed record ModelVersionMetadata
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    public IReadOnlyDictionary<string, PropertyValue> CustomProperties { get; init; } = Metadata.CustomProperties.None;
}
