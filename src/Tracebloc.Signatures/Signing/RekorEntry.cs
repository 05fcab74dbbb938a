using System.Text.Json.Serialization;

namespace Tracebloc.Signatures.Signing;

/// <summary>A log entry as Rekor's API v1 answers, with hashes in hexadecimal digits.</summary>
internal sealed record RekorEntry
{
    public required byte[] Body { get; init; }

    public long IntegratedTime { get; init; }

    [JsonPropertyName("logID")] public required string LogId { get; init; }

    public long LogIndex { get; init; }

    public VerificationPart? Verification { get; init; }

    /// <summary>The entry in the form of bundles; null where a hash is none or the proof is missing.</summary>
    public LogEntry? ToLogEntry(KindVersion kind) =>
        Decoding.Hex(LogId) is not { } id || Verification?.InclusionProof?.ToProof() is not { } proof
            ? null
            : new LogEntry
            {
                LogIndex = LogIndex,
                LogId = new LogId { KeyId = id },
                KindVersion = kind,
                IntegratedTime = IntegratedTime,
                InclusionPromise = Verification.SignedEntryTimestamp is { } promise
                    ? new InclusionPromise { SignedEntryTimestamp = promise }
                    : null,
                InclusionProof = proof,
                CanonicalizedBody = Body,
            };

    internal sealed record VerificationPart
    {
        public ProofPart? InclusionProof { get; init; }

        public byte[]? SignedEntryTimestamp { get; init; }
    }

    internal sealed record ProofPart
    {
        public required string Checkpoint { get; init; }

        public required IReadOnlyList<string> Hashes { get; init => field = JsonList.Of(value); }

        public long LogIndex { get; init; }

        public required string RootHash { get; init; }

        public long TreeSize { get; init; }

        public InclusionProof? ToProof()
        {
            var hashes = Hashes.Select(Decoding.Hex).OfType<byte[]>().ToList();
            return hashes.Count != Hashes.Count || Decoding.Hex(RootHash) is not { } root
                ? null
                : new InclusionProof
                {
                    LogIndex = LogIndex,
                    RootHash = root,
                    TreeSize = TreeSize,
                    Hashes = hashes,
                    Checkpoint = new CheckpointText { Envelope = Checkpoint },
                };
        }
    }
}
