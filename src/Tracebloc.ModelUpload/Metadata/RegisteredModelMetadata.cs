namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The keys <c>RegisteredModel.*</c> of the metadata folder; absent keys are null.</summary>
internal sealed record RegisteredModelMetadata
{
    public string? Name { get; init; }

    public string? Id { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public IReadOnlyDictionary<string, PropertyValue> CustomProperties { get; init; } = Metadata.CustomProperties.None;
}
