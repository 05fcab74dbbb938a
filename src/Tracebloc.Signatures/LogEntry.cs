using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Signatures;

/// <summary>
/// A transparency log's entry of a signature: TransparencyLogEntry of sigstore's protobuf-specs.
/// </summary>
internal sealed record LogEntry
{
    /// <summary>Its place among all entries of the log, its earlier shards included.</summary>
    public long LogIndex { get; init; }

    public required LogId LogId { get; init; }

    /// <summary>The type of the body; null in cosign's older layout, where only the body has it.</summary>
    public KindVersion? KindVersion { get; init; }

    /// <summary>The time of the entry in Unix seconds; trusted only with the promise, which signs it.</summary>
    public long IntegratedTime { get; init; }

    public InclusionPromise? InclusionPromise { get; init; }

    public InclusionProof? InclusionProof { get; init; }

    public required byte[] CanonicalizedBody { get; init; }
}

internal sealed record LogId
{
    public required byte[] KeyId { get; init; }
}

internal sealed record KindVersion(string Kind, string Version);

internal sealed record InclusionPromise
{
    public required byte[] SignedEntryTimestamp { get; init; }
}

internal sealed record InclusionProof
{
    /// <summary>Its place in the tree of the shard that it was written to.</summary>
    public long LogIndex { get; init; }

    public required byte[] RootHash { get; init; }

    public long TreeSize { get; init; }

    /// <summary>The siblings from the leaf's to the one below the root.</summary>
    [AllowNull]
    public IReadOnlyList<byte[]> Hashes { get; init => field = JsonList.Of(value); } = [];

    public required CheckpointText Checkpoint { get; init; }
}

internal sealed record CheckpointText
{
    public required string Envelope { get; init; }
}
