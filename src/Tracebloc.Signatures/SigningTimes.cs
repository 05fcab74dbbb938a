namespace Tracebloc.Signatures;

/// <summary>The times of a signature by the timestamp authorities and transparency logs of a trust root.</summary>
internal sealed class SigningTimes(TrustRoot root)
{
    // Each costs a few signatures to verify; real bundles have one or two.
    private const int MaxWitnesses = 8;

    private readonly List<DateTimeOffset> _times = [];

    public IReadOnlyList<DateTimeOffset> All => _times;

    /// <summary>
    /// The reason why no time is known, or null. Every log entry must be valid, and every timestamp where the trust
    /// root names authorities for it.
    /// </summary>
    public string? Collect(FoundSignature signature)
    {
        var entries = signature.Material.TlogEntries;
        var timestamps = root.TimestampAuthorities is []
            ? []
            : signature.Material.TimestampVerificationData?.Rfc3161Timestamps ?? [];
        if (entries.Count + timestamps.Count > MaxWitnesses)
            return $"it came with more than {MaxWitnesses} log entries and timestamps";
        if (entries is [] && root.Logs is not [])
            return "it came without an entry of a transparency log";
        var needsProof = signature.Content is not SimpleSigning;
        return FirstFault(timestamps, timestamp => Add(timestamp, signature.Content.Signature))
            ?? FirstFault(entries, entry => Add(entry, needsProof))
            ?? (_times is [] ? "it has no proof of its time" : null);
    }

    private static string? FirstFault<T>(IReadOnlyList<T> witnesses, Func<T, string?> faultOf) =>
        witnesses.Select(faultOf).FirstOrDefault(fault => fault is not null);

    private string? Add(TimestampResponse timestamp, byte[] signature)
    {
        var time = TimestampToken.Read(timestamp.SignedTimestamp, signature, root.TimestampAuthorities, out var fault);
        if (time is { } known)
            _times.Add(known);
        return fault;
    }

    private string? Add(LogEntry entry, bool needsProof)
    {
        var log = root.Logs.FirstOrDefault(candidate => candidate.Id.AsSpan().SequenceEqual(entry.LogId.KeyId));
        if (log is null)
            return "the log entry is of a log that the trust root does not name";
        if (log.FaultOf(entry, needsProof) is { } fault)
            return fault;
        // Rekor v2 makes no promise: timestamps prove the time.
        if (entry.InclusionPromise is not null)
            _times.Add(UnixTime.OfSeconds(entry.IntegratedTime));
        return _times.TrueForAll(log.ValidFor.Covers) ? null : "the log was not in use when it was made";
    }
}
