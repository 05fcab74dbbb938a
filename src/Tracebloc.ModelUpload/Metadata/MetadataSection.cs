namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The fields of one section that have values.</summary>
internal sealed record MetadataSection(
    IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, PropertyValue> Properties)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);
}
