using System.Text.Json.Serialization;

namespace Tracebloc.Signatures;

/// <summary>A claim about artifacts (in-toto attestation framework), as far as it is used.</summary>
internal sealed record InTotoStatement
{
    [JsonPropertyName("_type")] public required string Type { get; init; }

    public required string PredicateType { get; init; }

    public required IReadOnlyList<SubjectPart> Subject { get; init => field = JsonList.Of(value); }

    /// <summary>
    /// True for statements that approve their subject: cosign's signature, and SLSA's provenance, which
    /// means "I built this". A list of contents or of vulnerabilities, or the result of a test, is no approval.
    /// </summary>
    public static bool Approves(string predicateType) => predicateType is
        "https://sigstore.dev/cosign/sign/v1" or "https://slsa.dev/provenance/v1" or "https://slsa.dev/provenance/v0.2";

    internal sealed record SubjectPart
    {
        public IReadOnlyDictionary<string, string>? Digest { get; init; }
    }
}
