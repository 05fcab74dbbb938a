using System.Text.Json.Serialization;

namespace Tracebloc.Signatures.Models;

/// <summary>The JSON of a <see cref="ModelStatement"/> (OpenSSF Model Signing v1.0).</summary>
internal sealed record ModelDocument
{
    [JsonPropertyName("_type")] public required string Type { get; init; }

    public required string PredicateType { get; init; }

    public required IReadOnlyList<ModelSubjectPart> Subject { get; init => field = JsonList.Of(value); }

    public required PredicatePart Predicate { get; init; }

    internal sealed record ModelSubjectPart
    {
        public string? Name { get; init; }

        public required IReadOnlyDictionary<string, string> Digest { get; init; }
    }

    internal sealed record PredicatePart
    {
        public required SerializationPart Serialization { get; init; }

        public required IReadOnlyList<ResourcePart> Resources { get; init => field = JsonList.Of(value); }
    }

    internal sealed record SerializationPart
    {
        public required string Method { get; init; }

        [JsonPropertyName("hash_type")] public required string HashType { get; init; }

        [JsonPropertyName("allow_symlinks")] public bool AllowsLinks { get; init; }

        [JsonPropertyName("ignore_paths")] public IReadOnlyList<string>? IgnoredPaths { get; init; }
    }

    internal sealed record ResourcePart
    {
        public required string Name { get; init; }

        public required string Algorithm { get; init; }

        public required string Digest { get; init; }
    }
}
