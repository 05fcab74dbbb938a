namespace Tracebloc.Registry;

/// <summary>
/// One host during one <see cref="RegistryCall"/>. Its first request goes alone and without credentials;
/// the challenge that comes back is good for all of them, and so is the token that is then asked for. What goes wrong
/// with the host itself, and not with an image, ends the asking.
/// </summary>
internal sealed partial class RegistryHost(
    RegistryEndpoint endpoint,
    HostMemory memory,
    RegistryCall call,
    HttpMessageInvoker invoker,
    CredentialSource? own)
{
    // A host that lets so many calls run into their deadline in a row would do so with all the others.
    private const int MaxSilence = 3;

    private volatile Resolution? _stopped = memory.Hold;
    private int _silence;

    /// <summary>The repositories that are to be asked for, so that one token can serve them all.</summary>
    public IReadOnlyCollection<string> Names { get; set; } = [];

    /// <summary>Whether HTTP/2 is worth its set-up here.</summary>
    public bool OffersHttp2 { get; set; }

    /// <summary>The manifest's reply after challenges, credentials and redirects; or the failure.</summary>
    public async Task<Reply> FetchAsync(HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        var reply = await TryAccountsAsync(method, target, cancellationToken);
        if (!Redirect.Is(reply))
            return reply;
        if (!Redirect.TryFollow(reply, target.Hops, call.MayBePlain, out var location, out var fault))
            return Refuse(target.Uri, fault);
        var host = target.IsSameOrigin(location) ? this : call.HostFor(location, out fault);
        return host is null
            ? Refuse(target.Uri, fault)
            : await host.FetchAsync(method, target.At(location), cancellationToken);
    }

    private static Reply Refuse(Uri uri, string? fault) => Reply.Failed(uri, Resolution.Failed(
        Verdict.Invalid, $"{HttpCall.Print(uri)} answered with {fault}; name the registry that serves the image"));

    /// <summary>One call to this host, which is not made once the host has turned out to be down or limiting.</summary>
    private async Task<Reply> SendAsync(HttpCall request, CancellationToken cancellationToken)
    {
        if (_stopped is { } reason)
            return Reply.Failed(request.Uri, reason);
        var reply = await call.Exchange.SendAsync(request, call.Statistics, cancellationToken);
        if (reply.HasAnswer)
            return Note(reply);
        var isSilent = reply.Failure is { Verdict: Verdict.Transient };
        if (reply.IsHostFailure || (isSilent && Interlocked.Increment(ref _silence) >= MaxSilence))
            _stopped = reply.Failure;
        return reply;
    }

    private Reply Note(Reply reply)
    {
        Volatile.Write(ref _silence, 0);
        if (AllowanceIn(reply) is { } left)
            call.Statistics.Set(endpoint.Host, memory.Allowance = left);
        if (reply.Status == 429)
            return Limit(reply);
        memory.Resume();
        return reply;
    }

    private Reply Limit(Reply reply)
    {
        var delay = RetryDelay.OfLimit(reply, memory.Limits, call.Time);
        var reason = StatusVerdict.Limited(reply, call.Time.GetUtcNow() + delay);
        memory.HoldOff(reason, delay);
        _stopped = reason;
        return Reply.Failed(reply.Uri, reason);
    }
}
