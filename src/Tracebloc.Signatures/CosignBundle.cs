using System.Text.Json.Serialization;

namespace Tracebloc.Signatures;

/// <summary>
/// A log entry in cosign's older layout, the annotation <c>dev.sigstore.cosign/bundle</c> (SIGNATURE_SPEC.md of
/// sigstore/cosign): a promise without a proof.
/// </summary>
internal sealed record CosignBundle
{
    [JsonPropertyName("SignedEntryTimestamp")] public required byte[] SignedEntryTimestamp { get; init; }

    [JsonPropertyName("Payload")] public required EntryPayload Payload { get; init; }

    public LogEntry ToLogEntry() => new()
    {
        LogIndex = Payload.LogIndex,
        LogId = new LogId { KeyId = Decoding.Hex(Payload.LogId) ?? [] },
        IntegratedTime = Payload.IntegratedTime,
        InclusionPromise = new InclusionPromise { SignedEntryTimestamp = SignedEntryTimestamp },
        CanonicalizedBody = Payload.Body,
    };

    internal sealed record EntryPayload
    {
        public required byte[] Body { get; init; }

        public long IntegratedTime { get; init; }

        public long LogIndex { get; init; }

        [JsonPropertyName("logID")] public required string LogId { get; init; }
    }
}
