namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _extraScopes = [];
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
            return reply is { HasAnswer: true, Status: 401 }
                && await LearnAsync(reply, target.Name, cancellationToken) ? null : reply;
        }
        finally
        {
            mine.SetResult();
        }
    }

    /// <summary>Takes the challenge out of a 401; false when there is none that this client can meet.</summary>
    private async Task<bool> LearnAsync(Reply reply, string? name, CancellationToken cancellationToken)
    {
        if (Choose(reply) is { } challenge)
        {
            if (name is not null && TokenScope.Extra(challenge, name) is { } scope)
                lock (_gate)
                    _extraScopes[name] = scope;
            memory.Challenge = challenge;
            return true;
        }
        if (memory.Challenge is null && !reply.Lines("WWW-Authenticate").Any())
            await PingOnceAsync(cancellationToken);
        return memory.Challenge is not null;
    }

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
        if (reply is { HasAnswer: true, Status: 401 } && Choose(reply) is { } challenge)
            memory.Challenge = challenge;
    }

    /// <summary>Bearer where it is offered, since it keeps the password from the registry; Basic otherwise.</summary>
    private static Challenge? Choose(Reply reply)
    {
        var offered = Challenge.Parse(reply.Lines("WWW-Authenticate"));
        return offered.FirstOrDefault(challenge => challenge.Is("Bearer"))
            ?? offered.FirstOrDefault(challenge => challenge.Is("Basic"));
    }
}
