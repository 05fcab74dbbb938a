namespace Tracebloc.ModelUpload.Metadata;

/// <summary>A key of the metadata folder, in the spelling of upstream's job.</summary>
/// <param name="Section"><c>RegisteredModel</c>, <c>ModelVersion</c> or <c>ModelArtifact</c>.</param>
/// <param name="Field">The field, in snake case.</param>
internal sealed record MetadataKey(string Section, string Field)
{
    public const string Properties = "custom_properties";

    /// <summary><c>RegisteredModel.custom_properties</c>.</summary>
    public string Name => $"{Section}.{Field}";

    /// <summary><c>RegisteredModel.customProperties</c>, as the registry's UI writes keys.</summary>
    public string CamelName => $"{Section}.{Camel(Field)}";

    /// <summary>All keys.</summary>
    public static IReadOnlyList<MetadataKey> All { get; } =
    [
        .. Of("RegisteredModel", "name", "id", "description", "owner", Properties),
        .. Of("ModelVersion", "name", "description", "author", Properties),
        .. Of(
            "ModelArtifact",
            "id",
            "name",
            "model_format_name",
            "model_format_version",
            "storage_key",
            "storage_path",
            "service_account_name",
            "model_source_kind",
            "model_source_class",
            "model_source_group",
            "model_source_id",
            "model_source_name",
            Properties),
    ];

    public static MetadataKey? Find(string name) =>
        All.FirstOrDefault(key => name == key.Name || name == key.CamelName);

    private static IEnumerable<MetadataKey> Of(string section, params IReadOnlyList<string> fields) =>
        fields.Select(field => new MetadataKey(section, field));

    private static string Camel(string field)
    {
        var words = field.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
