namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _introduction;
    private Task? _ping;

    /// <summary>
    /// The first request to a host that is not known yet: it goes alone, and the others wait for what it teaches.
    /// </summary>
    /// <returns>Its reply if that is an answer already; null when the caller is to go on and ask.</returns>
    private async Task<Reply?> IntroduceAsync(
        HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (memory.IsKnown)
            return null;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _introduction, mine, null) is { } others)
        {
            await others.Task.WaitAsync(cancellationToken);
            return null;
        }
        try
        {
            var reply = await SendAsync(CallTo(method, target, null), cancellationToken);
            memory.IsKnown = reply.HasAnswer;
            return IsChallenge(reply) && await LearnAsync(reply, target.Name, cancellationToken) ? null : reply;
        }
        finally
        {
            mine.SetResult();
        }
    }

    /// <summary>Takes the challenge out of a 401; false when there is none that this client can meet.</summary>
    private async Task<bool> LearnAsync(Reply reply, string? name, CancellationToken cancellationToken)
    {
        if (memory.Challenges.Learn(reply, name))
            return true;
        if (memory.Challenges.Current is null && !reply.Lines("WWW-Authenticate").Any())
            await PingOnceAsync(cancellationToken);
        return memory.Challenges.Current is not null;
    }

    // A 403 with a Bearer challenge is what RFC 6750 section 3.1 has for a scope that is missing.
    private static bool IsChallenge(Reply reply) => reply.HasAnswer && reply.Status switch
    {
        401 => true,
        403 => ChallengeBook.Choose(reply)?.Is("Bearer") ?? false,
        _ => false,
    };

    // gcr.io has sent 401 without a challenge for manifests, and with one for /v2/ (containers/image keeps the same).
    private Task PingOnceAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _ping ??= PingAsync(cancellationToken);
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        var ping = CallTo(HttpMethod.Get, new ManifestTarget(new Uri(endpoint.Root, "/v2/"), null), null);
        var reply = await SendAsync(ping, cancellationToken);
        if (reply is { HasAnswer: true, Status: 401 })
            memory.Challenges.Learn(reply, null);
    }
}
