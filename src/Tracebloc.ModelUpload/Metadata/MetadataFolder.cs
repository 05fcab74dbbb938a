using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Metadata;

/// <summary>A mounted ConfigMap with a file for each dotted key, <c>ModelVersion.name</c>.</summary>
internal sealed class MetadataFolder
{
    // The limit of a ConfigMap.
    private const int MaxBytes = 1024 * 1024;

    private readonly string _path;
    private readonly IInputFiles _files;
    private readonly MetadataNotes _notes;
    private readonly Dictionary<MetadataKey, (string Name, string Text)> _values = [];

    private MetadataFolder(string path, IInputFiles files, MetadataNotes notes) =>
        (_path, _files, _notes) = (path.Length > 1 ? path.TrimEnd('/') : path, files, notes);

    /// <summary>Reads all keys; the notes take what is wrong with them.</summary>
    /// <returns>Null where there is no such folder.</returns>
    public static ModelMetadata? Read(string path, IInputFiles files, MetadataNotes notes)
    {
        var folder = files.List(path);
        if (folder.Fault is { } fault)
            notes.Errors.Add($"metadata folder {path} {fault}");
        if (folder.Names is not { } names)
            return folder.Fault is null ? null : ModelMetadata.None;
        return new MetadataFolder(path, files, notes).Read(names);
    }

    private ModelMetadata Read(IReadOnlyList<string> names)
    {
        foreach (var name in names)
            Add(name);
        return new ModelMetadata(
            Section("RegisteredModel") is { } model ? Model(model) : null,
            Section("ModelVersion") is { } version ? Version(version) : null,
            Section("ModelArtifact") is { } artifact ? Artifact(artifact) : null);
    }

    private void Add(string name)
    {
        if (MetadataKey.Find(name) is not { } key)
            _notes.Warnings.Add($"{_path}/{name} is unknown and ignored{Meant(name)}");
        else if (Text(name) is { Length: > 0 } text && !_values.TryAdd(key, (name, text))
            && _values[key] is var other && other.Text != text)
            _notes.Errors.Add($"{_path}/{name} and {_path}/{other.Name} are two spellings of one key; remove one");
    }

    private static string Meant(string name) =>
        Suggestion.For(name, MetadataKey.All.Select(key => key.Name)) is { } meant ? $"; did you mean {meant}?" : "";

    private string? Text(string name)
    {
        var file = _files.Read($"{_path}/{name}", MaxBytes);
        if (file.IsAbsent || file.Fault is not null)
            _notes.Errors.Add($"{_path}/{name} {file.Fault ?? "is a link that leads to no file; check the ConfigMap"}");
        return file.Text.Trim();
    }

    private MetadataSection? Section(string section)
    {
        var fields = new Dictionary<string, string>();
        var properties = CustomProperties.None;
        foreach (var (key, (name, text)) in _values.Where(value => value.Key.Section == section))
            if (key.Field == MetadataKey.Properties)
                properties = CustomProperties.Read(text, $"{_path}/{name}", _notes);
            else
                fields.Add(key.Field, text);
        return !_values.Keys.Any(key => key.Section == section)
            ? null
            : new MetadataSection(fields, properties);
    }

    private static RegisteredModelMetadata Model(MetadataSection keys) => new()
    {
        Name = keys["name"],
        Id = keys["id"],
        Description = keys["description"],
        Owner = keys["owner"],
        CustomProperties = keys.Properties,
    };

    private static ModelVersionMetadata Version(MetadataSection keys) => new()
    {
        Name = keys["name"],
        Description = keys["description"],
        Author = keys["author"],
        CustomProperties = keys.Properties,
    };

    private static ModelArtifactMetadata Artifact(MetadataSection keys) => new()
    {
        Id = keys["id"],
        Name = keys["name"],
        ModelFormatName = keys["model_format_name"],
        ModelFormatVersion = keys["model_format_version"],
        StorageKey = keys["storage_key"],
        StoragePath = keys["storage_path"],
        ServiceAccountName = keys["service_account_name"],
        ModelSourceKind = keys["model_source_kind"],
        ModelSourceClass = keys["model_source_class"],
        ModelSourceGroup = keys["model_source_group"],
        ModelSourceId = keys["model_source_id"],
        ModelSourceName = keys["model_source_name"],
        CustomProperties = keys.Properties,
    };
}
