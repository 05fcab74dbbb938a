using System.Text;

namespace Tracebloc.Signatures;

/// <summary>A transparency log that the trust root names: of signatures (Rekor) or of certificates.</summary>
/// <param name="Id">Its id in log entries.</param>
/// <param name="Key">Null when it is of a kind that is not verified, so that nothing the log signed is.</param>
/// <param name="ValidFor">While the key was in use.</param>
internal sealed record TransparencyLog(byte[] Id, VerificationKey? Key, ValidityPeriod ValidFor)
{
    public const int HintSize = 4;

    /// <summary>The start of the log's signatures on notes.</summary>
    public ReadOnlySpan<byte> Hint => Id.AsSpan(0, HintSize);

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Key is not null && Key.Verifies(message, signature);

    /// <summary>The reason why the log does not vouch for the entry, or null. Promise and proof must hold.</summary>
    public string? FaultOf(LogEntry entry, bool needsProof)
    {
        if (entry.InclusionPromise is null && entry.InclusionProof is null)
            return "the log entry has neither a promise nor a proof of its inclusion";
        if (needsProof && entry.InclusionProof is null)
            return "the log entry has no proof of its inclusion";
        return FaultOfPromise(entry) ?? FaultOfProof(entry);
    }

    private string? FaultOfPromise(LogEntry entry)
    {
        if (entry.InclusionPromise is not { SignedEntryTimestamp: var signature })
            return null;
        // RFC 8785 puts the members in this order, and there is nothing in them to escape.
        var (body, id) = (Convert.ToBase64String(entry.CanonicalizedBody), Convert.ToHexStringLower(Id));
        var promised = $"{{\"body\":\"{body}\",\"integratedTime\":{entry.IntegratedTime},"
            + $"\"logID\":\"{id}\",\"logIndex\":{entry.LogIndex}}}";
        return Verifies(Encoding.UTF8.GetBytes(promised), signature)
            ? null
            : "the log's promise of inclusion is not signed by the log";
    }

    private string? FaultOfProof(LogEntry entry)
    {
        if (entry.InclusionProof is not { } proof)
            return null;
        if (Checkpoint.Open(proof.Checkpoint.Envelope, this, out var fault) is not { } checkpoint)
            return fault;
        if (checkpoint.Size != proof.TreeSize || !checkpoint.Root.AsSpan().SequenceEqual(proof.RootHash))
            return "the log's proof of inclusion is about another state than its checkpoint";
        // Rekor v2 counts in one way only, and gives no promise that would sign the other index.
        if (entry.InclusionPromise is null && entry.LogIndex != proof.LogIndex)
            return "the log entry has two indexes";
        var root = MerkleTree.RootOf(entry.CanonicalizedBody, proof);
        return root is not null && root.AsSpan().SequenceEqual(checkpoint.Root)
            ? null
            : "the log's proof of inclusion does not lead to its root";
    }
}
