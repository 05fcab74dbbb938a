using System.Text.Json.Serialization;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>A merge patch of the finalizers of one version of one object.</summary>
internal sealed record FinalizerPatch(FinalizerMetadata Metadata);

internal sealed record FinalizerMetadata(string Uid, string ResourceVersion, IReadOnlyList<string> Finalizers);

/// <summary>An object after a patch.</summary>
internal sealed record ChangedObject(ChangedMetadata Metadata);

internal sealed record ChangedMetadata(string? ResourceVersion);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FinalizerPatch))]
[JsonSerializable(typeof(ChangedObject))]
internal sealed partial class CallJson : JsonSerializerContext;
