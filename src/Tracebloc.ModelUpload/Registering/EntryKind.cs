namespace Tracebloc.ModelUpload.Registering;

/// <summary>A kind of entry in the registry, with the paths of its calls.</summary>
/// <param name="Title">The kind in messages.</param>
/// <param name="Lookup">The path that finds one by name.</param>
/// <param name="Collection">The path of them all.</param>
internal sealed record EntryKind(string Title, string Lookup, string Collection)
{
    public static readonly EntryKind Model = new("registered model", "/registered_model", "/registered_models");

    public static readonly EntryKind Version = new("model version", "/model_version", "/model_versions");

    public static readonly EntryKind Artifact = new("model artifact", "/model_artifact", "/model_artifacts");

    /// <summary>The path of one of them.</summary>
    public string Of(string id) => $"{Collection}/{Uri.EscapeDataString(id)}";

    /// <summary>The path that finds one by its name below a parent; a model has none.</summary>
    public string Named(string name, string? parentId) =>
        $"{Lookup}?name={Uri.EscapeDataString(name)}"
        + (parentId is null ? "" : $"&parentResourceId={Uri.EscapeDataString(parentId)}");
}
