namespace Tracebloc.Registry;

/// <summary>What a client learns about a host and keeps from one call to the next.</summary>
internal sealed class HostMemory(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RegistryAccount> _accounts = [];
    private (Resolution Reason, long Until)? _hold;
    private int _limits;

    /// <summary>The host's challenges and their scopes.</summary>
    public ChallengeBook Challenges { get; } = new();

    /// <summary>Whether the host has answered before, so that it is known if it wants credentials.</summary>
    public bool IsKnown { get; set; }

    /// <summary>What the host last said of a pull allowance, whosever it is; null while it said nothing.</summary>
    public RateLimit? Allowance { get; set; }

    /// <summary>Why the host is not to be asked yet, by a rate limit that it announced.</summary>
    public Resolution? Hold => _hold is var (reason, until) && time.GetTimestamp() < until ? reason : null;

    /// <summary>How often in a row the host has answered with a rate limit.</summary>
    public int Limits => _limits;

    public RegistryAccount AccountOf(CredentialSource source)
    {
        lock (_gate)
        {
            var account = _accounts.Find(known => known.Source == source);
            if (account is null)
                _accounts.Add(account = new RegistryAccount(source, time));
            return account;
        }
    }

    public void HoldOff(Resolution reason, TimeSpan delay)
    {
        Interlocked.Increment(ref _limits);
        lock (_gate)
            _hold = (reason, time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency));
    }

    public void Resume() => Volatile.Write(ref _limits, 0);

    public void Dispose()
    {
        foreach (var account in _accounts)
            account.Dispose();
    }
}
