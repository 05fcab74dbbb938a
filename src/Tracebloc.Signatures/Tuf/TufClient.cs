using Tracebloc.Registry;

namespace Tracebloc.Signatures.Tuf;

/// <summary>
/// Reads targets of a TUF repository as sigstore has them: without delegations. Metadata is walked anew for each
/// target; what was trusted lies in the cache, never goes back, and suffices within its expiry while the server is
/// away.
/// </summary>
public sealed class TufClient : IDisposable
{
    /// <summary>The target with the authorities and logs that signatures are verified by.</summary>
    public const string TrustedRoot = "trusted_root.json";

    /// <summary>The target with the services that signatures are made by.</summary>
    public const string SigningConfig = "signing_config.v0.2.json";

    private const string TargetsFolder = "targets";

    private readonly TufRepository _repository;
    private readonly TimeProvider _time;
    private readonly ServiceClient _client;
    private readonly TufServer _server;
    private readonly TufCache _cache;

    /// <summary>Prepares connections; nothing is read or sent yet.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="connection">The way to it; null: the default.</param>
    /// <param name="time">The clock of expiries and deadlines.</param>
    public TufClient(TufRepository repository, ServiceConnection? connection, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(time);
        (_repository, _time) = (repository, time);
        _client = new ServiceClient(connection ?? new ServiceConnection(), time);
        _server = new TufServer(_client, repository.Address);
        _cache = new TufCache(repository);
    }

    /// <summary>The content of a target.</summary>
    /// <param name="name">The name, such as <see cref="TrustedRoot"/>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="TufException">There is no trusted target of that name.</exception>
    public async Task<ReadOnlyMemory<byte>> GetTargetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\\'))
            throw new TufException($"Target {name} is missing: that is no name of a target", TufFault.Missing);
        var trust = await RefreshAsync(name, cancellationToken);
        var target = trust.Find(name, _time.GetUtcNow());
        var place = $"{TargetsFolder}/{name}";
        if (await _cache.ReadAsync(place, cancellationToken) is { } kept && IsThat(name, kept, target))
            return kept;
        var served = trust.Root.ConsistentSnapshot ? $"{TargetsFolder}/{Prefixed(name, target)}" : place;
        var content = await _server.GetAsync(served, target.Length, cancellationToken);
        TufTrust.Match($"Target {name}", content, target);
        _cache.Write(place, content);
        return content;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<TufTrust> RefreshAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var trust = await FirstTrustAsync(cancellationToken);
            await new TufWalk(_server, _cache, _time).UpdateAsync(trust, cancellationToken);
            return trust;
        }
        catch (TufException away) when (away.Fault == TufFault.Unavailable)
        {
            return await FromCacheAsync(name, away, cancellationToken);
        }
    }

    /// <summary>The trust in what the cache has, which must not have expired.</summary>
    private async Task<TufTrust> FromCacheAsync(string name, TufException away, CancellationToken cancellationToken)
    {
        var reason = "the cache is incomplete";
        try
        {
            if (await TufWalk.FromCacheAsync(_cache, cancellationToken) is { } trust)
            {
                trust.Find(name, _time.GetUtcNow());
                return trust;
            }
        }
        catch (TufException stale)
        {
            reason = stale.Message;
        }

        throw new TufException($"{away.Message}; the cache does not suffice: {reason}", TufFault.Unavailable);
    }

    private async Task<TufTrust> FirstTrustAsync(CancellationToken cancellationToken)
    {
        if (await _cache.ReadAsync(TufWalk.RootFile, cancellationToken) is { } cached)
            return new TufTrust(cached);
        var root = _repository.Root?.ToArray()
            ?? await _server.FindAsync(TufWalk.RootFile, TufLimits.Root, cancellationToken)
            ?? await _server.GetAsync($"1.{TufWalk.RootFile}", TufLimits.Root, cancellationToken);
        if (_repository.RootDigest is { } digest && !digest.Matches(root))
            throw new TufException(
                $"First root of {_repository.Address} is {Digest.Of(root)}, and {digest} is expected",
                TufFault.Mismatch);
        var trust = new TufTrust(root);
        _cache.Write(TufWalk.RootFile, root);
        return trust;
    }

    private static bool IsThat(string name, byte[] content, TufTargetFile target)
    {
        try
        {
            TufTrust.Match(name, content, target);
            return true;
        }
        catch (TufException)
        {
            return false; // A former version of the target, and it is fetched again.
        }
    }

    private static string Prefixed(string name, TufTargetFile target)
    {
        var slash = name.LastIndexOf('/') + 1;
        var hash = target.Hashes.GetValueOrDefault("sha256") ?? target.Hashes.GetValueOrDefault("sha512") ?? "";
        return $"{name[..slash]}{hash}.{name[slash..]}";
    }
}
