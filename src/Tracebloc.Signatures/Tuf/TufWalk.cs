namespace Tracebloc.Signatures.Tuf;

/// <summary>One walk from a trusted root to the targets: by the server, from the state that the cache has.</summary>
internal sealed class TufWalk(TufServer server, TufCache cache, TimeProvider time)
{
    public const string RootFile = "root.json";

    private const string Timestamp = "timestamp.json", Snapshot = "snapshot.json", Targets = "targets.json";

    /// <summary>The trust in the files of the cache, expired or not; null where one is absent.</summary>
    /// <exception cref="TufException">They are not what was trusted.</exception>
    public static async Task<TufTrust?> FromCacheAsync(TufCache cache, CancellationToken cancellationToken)
    {
        if (await cache.ReadAsync(RootFile, cancellationToken) is not { } root
            || await cache.ReadAsync(Timestamp, cancellationToken) is not { } timestamp
            || await cache.ReadAsync(Snapshot, cancellationToken) is not { } snapshot
            || await cache.ReadAsync(Targets, cancellationToken) is not { } targets)
            return null;
        var trust = new TufTrust(root);
        trust.UpdateTimestamp(timestamp);
        trust.UpdateSnapshot(snapshot);
        trust.UpdateTargets(targets);
        return trust;
    }

    /// <summary>Trusts the newest metadata of the server, and keeps it.</summary>
    /// <exception cref="TufException">The server is away, or its files are not trusted.</exception>
    public async Task UpdateAsync(TufTrust trust, CancellationToken cancellationToken)
    {
        await UpdateRootAsync(trust, cancellationToken);
        await UpdateTimestampAsync(trust, cancellationToken);
        await UpdateSnapshotAsync(trust, cancellationToken);
        await UpdateTargetsAsync(trust, cancellationToken);
    }

    private async Task UpdateRootAsync(TufTrust trust, CancellationToken cancellationToken)
    {
        for (var walked = 0; walked < TufLimits.Roots; walked++)
        {
            var file = $"{trust.Root.Version + 1}.{RootFile}";
            if (await server.FindAsync(file, TufLimits.Root, cancellationToken) is not { } next)
                break;
            trust.UpdateRoot(next);
            cache.Write(RootFile, next);
        }

        trust.RefuseExpiredRoot(time.GetUtcNow());
    }

    private async Task UpdateTimestampAsync(TufTrust trust, CancellationToken cancellationToken)
    {
        if (await cache.ReadAsync(Timestamp, cancellationToken) is { } kept)
            Try(() => trust.UpdateTimestamp(kept));
        var served = await server.GetAsync(Timestamp, TufLimits.Timestamp, cancellationToken);
        if (trust.UpdateTimestamp(served))
            cache.Write(Timestamp, served);
        trust.RefuseExpiredTimestamp(time.GetUtcNow());
    }

    private async Task UpdateSnapshotAsync(TufTrust trust, CancellationToken cancellationToken)
    {
        if (await cache.ReadAsync(Snapshot, cancellationToken) is { } kept)
        {
            Try(() => trust.RememberSnapshot(kept));
            if (Try(() => trust.UpdateSnapshot(kept)))
                return;
        }

        var file = NameOf(Snapshot, trust.SnapshotFile, trust);
        var served = await server.GetAsync(file, TufLimits.Snapshot, cancellationToken);
        trust.UpdateSnapshot(served);
        cache.Write(Snapshot, served);
    }

    private async Task UpdateTargetsAsync(TufTrust trust, CancellationToken cancellationToken)
    {
        if (await cache.ReadAsync(Targets, cancellationToken) is { } kept && Try(() => trust.UpdateTargets(kept)))
            return;
        var file = NameOf(Targets, trust.TargetsFile, trust);
        var served = await server.GetAsync(file, TufLimits.Targets, cancellationToken);
        trust.UpdateTargets(served);
        cache.Write(Targets, served);
    }

    private static string NameOf(string file, TufMetaFile? named, TufTrust trust) =>
        trust.Root.ConsistentSnapshot && named is not null ? $"{named.Version}.{file}" : file;

    // A file of the cache that the new keys did not sign, or that is no longer named, is fetched again.
    private static bool Try(Action update)
    {
        try
        {
            update();
            return true;
        }
        catch (TufException)
        {
            return false;
        }
    }
}
