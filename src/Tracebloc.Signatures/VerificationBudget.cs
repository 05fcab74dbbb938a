namespace Tracebloc.Signatures;

/// <summary>The use that one verification has made of its <see cref="VerificationLimits"/>.</summary>
internal sealed class VerificationBudget(VerificationLimits limits)
{
    private int _candidates;
    private int _requests;
    private long _bytes;

    /// <summary>The limit that something was left out for; null while nothing was.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>False when no further candidate may be looked at.</summary>
    public bool TryTakeCandidate()
    {
        if (_candidates == limits.Candidates)
            Exceed($"the registry has more than {limits.Candidates} signatures");
        else
            _candidates++;
        return Exceeded is null;
    }

    /// <summary>False when no further request may be sent.</summary>
    public bool TryAsk()
    {
        if (_requests == limits.Requests)
            Exceed($"its signatures take more than {limits.Requests} requests");
        else if (_bytes >= limits.Bytes)
            Exceed($"its signatures take more than {limits.Bytes / 1048576.0:0.#} MiB");
        else if (Exceeded is null)
            _requests++;
        return Exceeded is null;
    }

    public void Receive(long bytes) => _bytes += bytes;

    public void Exceed(string limit) => Exceeded ??= limit;
}
