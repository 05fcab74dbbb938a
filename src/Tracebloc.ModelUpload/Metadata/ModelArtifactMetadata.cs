namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The keys <c>ModelArtifact.*</c> of the metadata folder; absent keys are null.</summary>
internal sealed record ModelArtifactMetadata
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? ModelFormatName { get; init; }

    public string? ModelFormatVersion { get; init; }

    public string? StorageKey { get; init; }

    public string? StoragePath { get; init; }

    public string? ServiceAccountName { get; init; }

    public string? ModelSourceKind { get; init; }

    public string? ModelSourceClass { get; init; }

    public string? ModelSourceGroup { get; init; }

    public string? ModelSourceId { get; init; }

    public string? ModelSourceName { get; init; }

    public IReadOnlyDictionary<string, PropertyValue> CustomProperties { get; init; } = Metadata.CustomProperties.None;
}
