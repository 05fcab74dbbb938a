namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    // Tokens and errors are short; a sign-in page of 5 MB is not read.
    private const int MaxTokenBody = 1 << 20;

    /// <summary>
    /// The token for a repository: one for many, or its own alone where the one for many was refused for something
    /// other than its age.
    /// </summary>
    private async Task<TokenGrant> GrantAsync(
        ManifestTarget target,
        RegistryAccount account,
        (TokenGrant? Grant, bool IsExpired) refused,
        CancellationToken cancellationToken)
    {
        if (account.Credential?.RegistryToken is { Length: > 0 } given)
            return refused.Grant is null ? Given(given) : Failed(Refused(target.Uri));
        var (last, others) = (refused.Grant, refused.Grant is null || refused.IsExpired ? NamesOf(account) : []);
        var isWidened = refused is { Grant: not null, IsExpired: false };
        while (true)
        {
            var flight = account.ClaimAsync(
                target.Name ?? "",
                last,
                others,
                (names, token) => FetchTokenAsync(names, account, isWidened, token),
                cancellationToken);
            var grant = await JoinAsync(flight, cancellationToken);
            if (grant is { ShouldSplit: false })
                return grant;
            if (grant is not null)
                (last, others) = (grant, []);
        }
    }

    private TokenGrant Given(string token) => token.AsSpan().All(c => c is > ' ' and <= '~')
        ? new TokenGrant { Token = token, Count = 1 }
        : Failed(Reply.Failed(endpoint.Root, Resolution.Failed(
            Verdict.Config,
            $"the registry token for {endpoint.Host} has characters that no header can carry; correct it")));

    /// <summary>Null when the one who asked was cancelled, which is no reason for others to give up.</summary>
    private static async Task<TokenGrant?> JoinAsync(Task<TokenGrant> flight, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<TokenGrant> FetchTokenAsync(
        IReadOnlyList<string> names, RegistryAccount account, bool isWidened, CancellationToken cancellationToken)
    {
        var challenge = memory.Challenges.Current ?? throw new InvalidOperationException("A token needs a challenge.");
        if (TokenRealm.Of(challenge, endpoint.Root, out var fault) is not { } realm)
            return Stop(Reply.Failed(endpoint.Root, Resolution.Failed(Verdict.Config, $"{endpoint.Host}: {fault}")));
        var scopes = memory.Challenges.ScopesOf(names, isWidened);
        var request = new TokenRequest(realm, challenge.Service, scopes, account.Credential)
        {
            Invoker = invoker,
        };
        var reply = await account.ProveAsync(
            token => SendAsync(request, token), () => Refused(realm), cancellationToken);
        var grant = Judge(reply, names.Count, account);
        if (grant.Failure is not null && names is [var name])
            memory.Challenges.Forget(name);
        return grant with { IsWidened = isWidened };
    }

    private Task<Reply> SendAsync(TokenRequest request, CancellationToken cancellationToken) =>
        request.WantsPost
            ? PostAsync(request, cancellationToken)
            : SendTokenAsync(request.ToGet(), cancellationToken);

    // 404 and 405 are how servers say that they know the older GET form only (distribution's oauth specification).
    private async Task<Reply> PostAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var reply = await SendTokenAsync(request.ToPost(), cancellationToken);
        return reply is { HasAnswer: true, Status: 404 or 405 }
            ? await SendTokenAsync(request.ToGet(), cancellationToken)
            : reply;
    }

    // As Go's clients follow redirects to a token server: an nginx that adds a slash or turns http into https.
    private async Task<Reply> SendTokenAsync(HttpCall request, CancellationToken cancellationToken)
    {
        var hasSecret = request.HasSecret;
        for (var hops = 0; ; hops++)
        {
            var reply = await SendTokenOnceAsync(request, cancellationToken);
            if (!Redirect.Is(reply))
                return hasSecret && !request.HasSecret && reply is { HasAnswer: true, Status: 401 or 403 }
                    ? Misled(
                        reply.Uri, Verdict.Auth, "refuses access; credentials do not follow a redirect to another host")
                    : reply;
            if (!Redirect.TryFollow(reply, hops, call.MayBePlain, out var location, out var fault))
                return Misled(reply.Uri, Verdict.Invalid, $"answered with {fault}");
            request = request.At(location);
        }
    }

    private Reply Misled(Uri uri, Verdict verdict, string what) => Reply.Failed(uri, Resolution.Failed(
        verdict, $"{HttpCall.Print(uri)} {what}; correct the token server (realm) that {endpoint.Host} names"));

    private Task<Reply> SendTokenOnceAsync(HttpCall request, CancellationToken cancellationToken) =>
        _stopped is { } reason
            ? Task.FromResult(Reply.Failed(request.Uri, reason))
            : call.Exchange.SendAsync(
                request with { MaxBody = MaxTokenBody, OffersHttp2 = OffersHttp2 },
                call.Statistics,
                cancellationToken);

    private TokenGrant Judge(Reply reply, int count, RegistryAccount account)
    {
        if (!reply.HasAnswer)
            return reply.IsHostFailure || count > 1 ? Stop(reply) : Failed(reply);
        // As docker and containerd, which look at the body of every success.
        if (reply.Status is >= 200 and < 300)
            return Accept(reply, count);
        if (reply.Status == 429)
            return Failed(Limit(reply));
        var isRefusal = reply.Status is 400 or 403 or 404 or 414 or 431
            || (reply.Status == 401 && account.Credential is null);
        if (isRefusal && count > 1)
            return new TokenGrant { ShouldSplit = true, Count = count };
        var failure = Reply.Failed(reply.Uri, StatusVerdict.ExplainToken(reply, call.Time));
        return failure.Failure is { Verdict: Verdict.Transient } && count > 1 ? Stop(failure) : Failed(failure);
    }

    private TokenGrant Accept(Reply reply, int count)
    {
        if (!TokenResponse.TryParse(reply.Body.Span, out var response, out var reason))
            return Stop(Reply.Failed(reply.Uri, Resolution.Failed(
                Verdict.Invalid, $"{HttpCall.Print(reply.Uri)}: {reason}; check that it is a token server")));
        // A tenth early, so that a token does not expire on its way.
        var life = response.Lifetime.TotalSeconds * 0.9 * call.Time.TimestampFrequency;
        return new TokenGrant
        {
            Token = response.Token,
            ExpiresAt = call.Time.GetTimestamp() + (long)life,
            Count = count,
        };
    }

    private static TokenGrant Failed(Reply failure) => new() { Failure = failure };

    private TokenGrant Stop(Reply failure)
    {
        _stopped = failure.Failure;
        return Failed(failure);
    }

    private Reply Refused(Uri uri) => Reply.Failed(uri, Resolution.Failed(
        Verdict.Auth, $"{HttpCall.Print(uri)}: the credentials for {endpoint.Host} were refused; renew them"));
}
