using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>State of one host that a client keeps from one call to the next.</summary>
internal sealed class HostState(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CredentialSource, RegistryAccount> _accounts = [];
    private (Answer Reason, long Until)? _hold;
    private int _limits;

    /// <summary>The host's challenges and their scopes.</summary>
    public ChallengeBook Challenges { get; } = new();

    /// <summary>The sizes that its uploads have to keep.</summary>
    public UploadLimit Uploads { get; } = new();

    /// <summary>True once the host has answered: then it is known whether it requires credentials.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The pull allowance that the host reported last, of any account; null while it reported none.</summary>
    public RateLimit? Allowance { get; set; }

    /// <summary>The rate limit that keeps requests from the host for now; null when none does.</summary>
    public Answer? Hold => _hold is var (reason, until) && time.GetTimestamp() < until ? reason : null;

    /// <summary>The number of consecutive rate limits.</summary>
    public int Limits => _limits;

    public RegistryAccount AccountOf(CredentialSource source)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(source, out var account))
                _accounts[source] = account = new RegistryAccount(source, time);
            return account;
        }
    }

    public void HoldOff(Answer reason, TimeSpan delay)
    {
        Interlocked.Increment(ref _limits);
        lock (_gate)
            _hold = (reason, time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency));
    }

    public void Resume() => Volatile.Write(ref _limits, 0);

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
            account.Dispose();
    }
}
