using System.Text.Json.Serialization;

namespace Tracebloc.Signatures;

/// <summary>The JSON that <see cref="SimpleSigning"/> is over, as far as it is used.</summary>
internal sealed record SimpleSigningPayload
{
    public required CriticalPart Critical { get; init; }

    internal sealed record CriticalPart
    {
        public required IdentityPart Identity { get; init; }

        public required ImagePart Image { get; init; }

        public required string Type { get; init; }
    }

    internal sealed record IdentityPart
    {
        [JsonPropertyName("docker-reference")] public string? DockerReference { get; init; }
    }

    internal sealed record ImagePart
    {
        [JsonPropertyName("docker-manifest-digest")] public required string Digest { get; init; }
    }
}
