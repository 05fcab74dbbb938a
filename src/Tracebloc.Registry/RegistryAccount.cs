namespace Tracebloc.Registry;

/// <summary>
/// One credential at one registry, or none at all: its tokens, and whether it was refused. A refused credential is not
/// used again, since Docker Hub locks the user out after a few wrong passwords (hub-feedback #2201); until the first
/// answer decides, only one request at a time carries it.
/// </summary>
internal sealed class RegistryAccount(CredentialSource source, TimeProvider time) : IDisposable
{
    // A token names every repository: 50 of them stay below the 8 KiB of header that proxies take.
    private const int MaxBatch = 50;
    private const int MaxBatchLength = 3000;
    private const int ScopeLength = 25;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _proof = new(1);
    private readonly Dictionary<string, Task<TokenGrant>> _grants = [];
    private volatile bool _isProven = source.IsAnonymous;
    private volatile bool _isRefused;
    private volatile Fetched<RegistryCredential>? _fetched;

    public CredentialSource Source => source;

    /// <summary>Null for none, and while a helper was not asked for it.</summary>
    public RegistryCredential? Credential => source.Credential ?? _fetched?.Value;

    public bool IsRefused => _isRefused;

    /// <summary>True once its helper, if any, has run.</summary>
    public bool IsOpen => source.Helper is null || _fetched is not null;

    /// <summary>The reason why its helper gave no credential; null where it did, or may yet.</summary>
    public Fetched<RegistryCredential>? Failure => _fetched is { IsOk: false } failure ? failure : null;

    /// <summary>True when its helper has run and has no credential.</summary>
    public bool IsEmpty => Failure is { Verdict: Verdict.NotFound };

    /// <summary>The failure in place of a request that would carry a refused credential.</summary>
    public static Reply RefusedAt(Uri uri, RegistryEndpoint endpoint) => Reply.Failed(uri, Answer.Failed(
        Verdict.Auth, $"{HttpCall.Print(uri)}: the credentials for {endpoint.Host} were refused; renew them"));

    /// <summary>The failure in place of a request with a credential that may not be tried any more.</summary>
    public static Reply BarredAt(Uri uri, RegistryEndpoint endpoint) => Reply.Failed(uri, Answer.Failed(
        Verdict.Auth,
        $"{HttpCall.Print(uri)}: {CredentialTrials.MaxRefused} credentials for {endpoint.Host} were refused, "
            + "the others are not tried; remove those that are stale"));

    /// <summary>Runs the helper, once: its answer stands.</summary>
    public async Task OpenAsync(
        Func<string, CancellationToken, Task<Fetched<RegistryCredential>>> ask, CancellationToken cancellationToken)
    {
        await _proof.WaitAsync(cancellationToken);
        try
        {
            if (source.Helper is { } helper)
                _fetched ??= await ask(helper, cancellationToken);
        }
        finally
        {
            _proof.Release();
        }
    }

    /// <summary>
    /// Makes a call to a host or its token server that carries the credential, alone until the first answer to it. When
    /// it was refused meanwhile, or the host refused too many, the call is not made.
    /// </summary>
    public Task<Reply> ProveAsync(
        HostGate gate, Uri uri, Func<CancellationToken, Task<Reply>> send, CancellationToken cancellationToken) =>
        _isProven ? send(cancellationToken) : ProveAloneAsync(gate, uri, send, cancellationToken);

    /// <summary>
    /// The token for a repository: one that is held or on its way, else a new one, asked for together with the
    /// <paramref name="others"/> that need one. The <paramref name="refused"/> one is not returned again.
    /// </summary>
    public Task<TokenGrant> ClaimAsync(
        string name,
        TokenGrant? refused,
        IEnumerable<string> others,
        Func<IReadOnlyList<string>, CancellationToken, Task<TokenGrant>> fetch,
        CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_grants.TryGetValue(name, out var held) && IsUsable(held, refused))
                return held;
            var batch = Batch(name, others.Where(
                other => !_grants.TryGetValue(other, out var theirs) || !IsUsable(theirs, refused)));
            var flight = fetch(batch, cancellationToken);
            foreach (var member in batch)
                _grants[member] = flight;
            return flight;
        }
    }

    public void Dispose() => _proof.Dispose();

    private async Task<Reply> ProveAloneAsync(
        HostGate gate, Uri uri, Func<CancellationToken, Task<Reply>> send, CancellationToken cancellationToken)
    {
        await _proof.WaitAsync(cancellationToken);
        try
        {
            if (_isRefused)
                return RefusedAt(uri, gate.Endpoint);
            return await gate.Trials.BeginAsync(cancellationToken)
                ? await TryAsync(gate.Trials, send, cancellationToken)
                : BarredAt(uri, gate.Endpoint);
        }
        finally
        {
            _proof.Release();
        }
    }

    private async Task<Reply> TryAsync(
        CredentialTrials trials, Func<CancellationToken, Task<Reply>> send, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await send(cancellationToken);
            _isRefused = reply is { HasAnswer: true, Status: 401 };
            _isProven = reply is { HasAnswer: true, Status: < 400 or 403 or 404 };
            return reply;
        }
        finally
        {
            trials.End(_isRefused);
        }
    }

    private static List<string> Batch(string name, IEnumerable<string> others)
    {
        var batch = new List<string> { name };
        var length = name.Length;
        foreach (var other in others)
        {
            length += other.Length + ScopeLength;
            if (batch.Count == MaxBatch || length > MaxBatchLength)
                break;
            if (other != name)
                batch.Add(other);
        }
        return batch;
    }

    // A batch that must be split stays known as that, so that it is not asked for a second time.
    private bool IsUsable(Task<TokenGrant> held, TokenGrant? refused)
    {
        if (!held.IsCompleted)
            return true;
        return held.IsCompletedSuccessfully && held.Result is { Failure: null } grant && grant != refused
            && (grant.ShouldSplit ? refused is null : time.GetTimestamp() < grant.ExpiresAt);
    }
}
