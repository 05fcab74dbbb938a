namespace Tracebloc.Registry;

/// <summary>A host during one call, which shares a challenge and tokens among all its requests.</summary>
internal sealed class RegistryHost
{
    private readonly AccountCandidates _candidates;

    public RegistryHost(HostGate gate, CredentialSource? own)
    {
        Gate = gate;
        _candidates = new AccountCandidates(gate, own);
        Accounts = new AccountChain(gate, _candidates);
    }

    public HostGate Gate { get; }

    public AccountChain Accounts { get; }

    /// <summary>Prepares the host for the requests of a plan.</summary>
    /// <param name="names">The repositories, so that one token can serve them all.</param>
    /// <param name="offersHttp2">True when HTTP/2 is worth its set-up.</param>
    public void Expect(IReadOnlyCollection<string> names, bool offersHttp2) =>
        (_candidates.Names, Gate.OffersHttp2) = (names, offersHttp2);
}
