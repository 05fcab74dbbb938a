using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Registry;

/// <summary>
/// An image manifest, or an index, which is one that lists others (OCI image spec; Docker's schema 2 reads the same).
/// </summary>
public sealed record Manifest
{
    // The reader sets missing members to null instead of the default (dotnet/runtime#84484); the setters undo that.
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Its type as it states it; null when it does not.</summary>
    public string? MediaType { get; init; }

    /// <summary>The kind of artifact; null for images.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The blob that describes an image or artifact; null in an index.</summary>
    public Descriptor? Config { get; init; }

    /// <summary>The blobs of an image or artifact; empty in an index.</summary>
    [AllowNull]
    public IReadOnlyList<Descriptor> Layers { get; init => field = Listed(value); } = [];

    /// <summary>The manifests of an index; empty in an image.</summary>
    [AllowNull]
    public IReadOnlyList<Descriptor> Manifests { get; init => field = Listed(value); } = [];

    /// <summary>The manifest that this one is about; null for most.</summary>
    public Descriptor? Subject { get; init; }

    /// <summary>Its annotations; empty when there are none.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? None; } = None;

    /// <summary>The bytes it was read from, over which its digest is.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Reads a manifest, or says in <paramref name="error"/> what is wrong with it.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> content,
        [NotNullWhen(true)] out Manifest? manifest,
        [NotNullWhen(false)] out string? error)
    {
        (manifest, error) = (null, "the manifest is not a JSON object");
        try
        {
            manifest = JsonSerializer.Deserialize(content.Span, ManifestJson.Default.Manifest);
            manifest = manifest is null ? null : manifest with { Content = content };
        }
        catch (JsonException e)
        {
            error = $"the manifest cannot be read at {e.Path ?? "its start"}";
        }
        return manifest is not null;
    }

    // Go's registries write null for an empty list; a null among the elements is not valid.
    private static IReadOnlyList<Descriptor> Listed(IReadOnlyList<Descriptor>? list) =>
        list is null ? [] : list.Any(descriptor => descriptor is null) ? throw new JsonException() : list;
}
