using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// Sends the requests of one call to one host and to its token server, until the host turns out to be down, silent or
/// limiting: then every further request fails with that reason and is not sent.
/// </summary>
internal sealed class HostGate(
    RegistryEndpoint endpoint,
    RegistryOptions options,
    TimeProvider time,
    ClientState client,
    CredentialTrials trials)
{
    // After so many consecutive timeouts of a host, further calls would time out too.
    private const int MaxSilence = 3;

    // Tokens and errors are short; a sign-in page of 5 MB is not read.
    private const int MaxTokenBody = 1 << 20;

    private readonly HostState _state = client.Of(endpoint.Root);
    private volatile Answer? _stopped = client.Of(endpoint.Root).Hold;
    private int _silence;

    public RegistryEndpoint Endpoint => endpoint;

    public HostState State => _state;

    public RegistryOptions Options => options;

    public CredentialTrials Trials => trials;

    /// <summary>The connections to the host, and to a token server by the same trust.</summary>
    public HttpMessageInvoker Invoker { get; } = client.Transport.For(endpoint);

    public TimeProvider Time => time;

    /// <summary>True when HTTP/2 is worth its set-up here.</summary>
    public bool OffersHttp2 { get; set; }

    /// <summary>True when a redirect to this address may use plain http.</summary>
    public bool MayBePlain(Uri uri) => RegistryEndpoint.MayBePlain(uri, options);

    /// <summary>The failure in place of a request that would show the account's credential to others.</summary>
    /// <param name="uri">The registry or its token server.</param>
    /// <param name="account">The account that the request is for.</param>
    /// <returns>Null where none would: it has no credential, or TLS or this machine keeps it.</returns>
    public Reply? Withhold(Uri uri, RegistryAccount account) =>
        account.Source.IsAnonymous || !PlainHttp.IsExposed(uri, options.Proxy)
            ? null
            : Reply.Failed(uri, Answer.Failed(
                Verdict.Config,
                $"credentials for {endpoint.Host} are not sent: {uri.GetLeftPart(UriPartial.Authority)} is plain HTTP, "
                    + "which others can read; use https with caFile, or remove the credentials"));

    /// <summary>Sends one request to the registry, retries included.</summary>
    public async Task<Reply> SendRawAsync(
        HttpMethod method,
        ManifestTarget target,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        var request = new HttpCall(method, target.Uri)
        {
            Accept = target.Accept,
            Authorization = authorization,
            Invoker = Invoker,
            Body = target.Push?.Body,
            IsRetried = !target.IsSingle && target.Push is null,
            IsStreamed = target.IsStreamed,
            Offset = target.Offset,
            MaxBody = target.MaxBody,
            OffersHttp2 = OffersHttp2,
        };
        if (_stopped is { } reason)
            return Reply.Failed(request.Uri, reason);
        var reply = await client.Exchange.SendAsync(request, client.Statistics, cancellationToken);
        if (reply.HasAnswer)
            return Note(reply);
        var isSilent = reply.Failure is { Verdict: Verdict.Transient };
        if (reply.IsHostFailure || (isSilent && Interlocked.Increment(ref _silence) >= MaxSilence))
            _stopped = reply.Failure;
        return reply;
    }

    /// <summary>Sends one request to the token server, retries included.</summary>
    public Task<Reply> SendTokenRequestAsync(HttpCall request, CancellationToken cancellationToken) =>
        _stopped is { } reason
            ? Task.FromResult(Reply.Failed(request.Uri, reason))
            : client.Exchange.SendAsync(
                request with { MaxBody = MaxTokenBody, OffersHttp2 = OffersHttp2 },
                client.Statistics,
                cancellationToken);

    /// <summary>Ends the requests to the host for this call.</summary>
    public void Stop(Reply failure) => _stopped = failure.Failure;

    /// <summary>Ends the requests to the host until the rate limit of a 429 is over.</summary>
    public Reply Limit(Reply reply)
    {
        var delay = RetryDelay.OfLimit(reply, _state.Limits, time);
        var reason = StatusVerdict.Limited(reply, time.GetUtcNow() + delay);
        _state.HoldOff(reason, delay);
        _stopped = reason;
        return Reply.Failed(reply.Uri, reason);
    }

    private Reply Note(Reply reply)
    {
        Volatile.Write(ref _silence, 0);
        if (RateLimit.Of(reply) is { } left)
            client.Statistics.Set(endpoint.Host, _state.Allowance = left);
        if (reply.Status == 429)
            return Limit(reply);
        _state.Resume();
        return reply;
    }
}
