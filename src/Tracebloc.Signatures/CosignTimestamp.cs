using System.Text.Json.Serialization;

namespace Tracebloc.Signatures;

/// <summary>A timestamp in cosign's older layout, the annotation <c>dev.sigstore.cosign/rfc3161timestamp</c>.</summary>
internal sealed record CosignTimestamp
{
    [JsonPropertyName("SignedRFC3161Timestamp")] public required byte[] SignedTimestamp { get; init; }

    public TimestampVerificationData ToVerificationData() => new()
    {
        Rfc3161Timestamps = [new TimestampResponse { SignedTimestamp = SignedTimestamp }],
    };
}
