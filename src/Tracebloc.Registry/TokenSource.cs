using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>Tokens for the repositories of one host: one for many where the token server takes that.</summary>
internal sealed class TokenSource(HostGate gate, AccountCandidates candidates)
{
    private readonly TokenServer _server = new(gate);

    private ChallengeBook Challenges => gate.State.Challenges;

    /// <summary>
    /// The token for a repository: one for many, or its own alone where the one for many was refused for something
    /// other than its age.
    /// </summary>
    public async Task<TokenGrant> GrantAsync(
        ManifestTarget target, RegistryAccount account, RefusedGrant refused, CancellationToken cancellationToken)
    {
        if (account.Credential?.RegistryToken is { Length: > 0 } given)
            return refused.Grant is null ? Given(given) : Failed(RegistryAccount.RefusedAt(target.Uri, gate.Endpoint));
        var last = refused.Grant;
        var others = target.Push is null && (last is null || refused.IsExpired) ? candidates.NamesOf(account) : [];
        while (true)
        {
            var flight = account.ClaimAsync(
                target.GrantKey,
                last,
                others,
                (names, token) => FetchAsync(target, names, account, refused.WantsMore, token),
                cancellationToken);
            var grant = await JoinAsync(flight, cancellationToken);
            if (grant is { ShouldSplit: false })
                return grant;
            if (grant is not null)
                (last, others) = (grant, []);
        }
    }

    private TokenGrant Given(string token) => HeaderText.IsToken(token)
        ? new TokenGrant { Token = token, Count = 1 }
        : Failed(Reply.Failed(gate.Endpoint.Root, Answer.Failed(
            Verdict.Config,
            $"the registry token for {gate.Endpoint.Host} has characters that no header can carry; correct it")));

    /// <summary>Null when the caller that sent the request was cancelled: the others ask again.</summary>
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

    private async Task<TokenGrant> FetchAsync(
        ManifestTarget target,
        IReadOnlyList<string> names,
        RegistryAccount account,
        bool isWidened,
        CancellationToken cancellationToken)
    {
        var endpoint = gate.Endpoint;
        var challenge = Challenges.Current ?? throw new InvalidOperationException("A token needs a challenge.");
        if (TokenRealm.Of(challenge, endpoint.Root, gate.MayBePlain, out var fault) is not { } realm)
            return Stopped(Reply.Failed(endpoint.Root, Answer.Failed(Verdict.Config, $"{endpoint.Host}: {fault}")));
        if (gate.Withhold(realm, account) is { } withheld)
            return Failed(withheld);
        var scopes = target.Push is { } push
            ? Challenges.ScopesOf(target.Name ?? "", push)
            : Challenges.ScopesOf(names, isWidened);
        var request = new TokenRequest(realm, challenge.Service, scopes, account.Credential)
        {
            Invoker = gate.Invoker,
        };
        var reply = await account.ProveAsync(
            gate, realm, token => _server.SendAsync(request, token), cancellationToken);
        var grant = Judge(reply, names.Count, account);
        if (grant.Failure is not null && names is [var name])
            Challenges.Forget(name);
        return grant with { IsWidened = isWidened || target.Push is not null };
    }

    private TokenGrant Judge(Reply reply, int count, RegistryAccount account)
    {
        if (reply.Failure is { Verdict: Verdict.Auth })
            return Split(reply, count);
        if (!reply.HasAnswer)
            return reply.IsHostFailure || count > 1 ? Stopped(reply) : Failed(reply);
        // As docker and containerd, which look at the body of every success.
        if (reply.Status is >= 200 and < 300)
            return Accept(reply, count);
        if (reply.Status == 429)
            return Failed(gate.Limit(reply));
        var failure = Reply.Failed(reply.Uri, StatusVerdict.ExplainToken(reply, gate.Time));
        if (reply.Status is 400 or 403 or 404 or 414 or 431 || (reply.Status == 401 && account.Credential is null))
            return Split(failure, count);
        return failure.Failure is { Verdict: Verdict.Transient } && count > 1 ? Stopped(failure) : Failed(failure);
    }

    private TokenGrant Accept(Reply reply, int count)
    {
        if (!TokenResponse.TryParse(reply.Body.Span, out var response, out var reason))
            return Stopped(Reply.Failed(reply.Uri, Answer.Failed(
                Verdict.Invalid, $"{HttpCall.Print(reply.Uri)}: {reason}; check that it is a token server")));
        // A tenth early, so that a token does not expire on its way.
        var life = response.Lifetime.TotalSeconds * 0.9 * gate.Time.TimestampFrequency;
        return new TokenGrant
        {
            Token = response.Token,
            ExpiresAt = gate.Time.GetTimestamp() + (long)life,
            Count = count,
        };
    }

    /// <summary>A refusal of many may be that of one: each repository is asked for alone.</summary>
    private static TokenGrant Split(Reply failure, int count) =>
        count > 1 ? new TokenGrant { ShouldSplit = true, Count = count } : Failed(failure);

    private static TokenGrant Failed(Reply failure) => new() { Failure = failure };

    private TokenGrant Stopped(Reply failure)
    {
        gate.Stop(failure);
        return Failed(failure);
    }
}
