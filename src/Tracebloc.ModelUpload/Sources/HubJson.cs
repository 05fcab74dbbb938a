using System.Text.Json.Serialization;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The hub's answers, the members that are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HubRevision))]
[JsonSerializable(typeof(IReadOnlyList<HubEntry>))]
internal sealed partial class HubJson : JsonSerializerContext;

/// <summary>A revision of a model.</summary>
/// <param name="Id">The repository's name, which differs from the asked one after a renaming.</param>
/// <param name="Sha">The commit.</param>
internal sealed record HubRevision(string? Id, string? Sha);

/// <summary>An entry of a tree.</summary>
/// <param name="Type"><c>file</c> or <c>directory</c>.</param>
/// <param name="Path">The place in the repository.</param>
/// <param name="Size">The bytes of the file.</param>
/// <param name="Oid">The SHA-1 of its Git blob, which is a pointer where <paramref name="Lfs"/> is there.</param>
/// <param name="Lfs">The content outside Git.</param>
internal sealed record HubEntry(string? Type, string? Path, long? Size, string? Oid, HubLfs? Lfs);

/// <summary>Content in Git LFS.</summary>
/// <param name="Oid">Its SHA-256.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record HubLfs(string? Oid, long? Size);
