using System.Net.Http.Headers;

namespace Tracebloc.Registry;

/// <summary>
/// Sends requests to one host with one account: as the host is known to want it, then again after a challenge, then
/// once more with a new token when the first is not taken. Never more, so that no registry can make it loop.
/// </summary>
internal sealed class AuthorizedSender(HostGate gate, TokenSource tokens)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _probe;
    private Task? _ping;

    private ChallengeBook Challenges => gate.State.Challenges;

    public async Task<Reply> SendAuthorizedAsync(
        HttpMethod method, ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        if (await ProbeAsync(method, target, cancellationToken) is { } first)
            return first;
        RefusedGrant refused = default;
        Reply? denial = null;
        while (true)
        {
            var challenge = Challenges.Current;
            if (challenge is not null && await OpenAsync(target, account, cancellationToken) is { } unusable)
                return unusable;
            var grant = challenge is not null && challenge.Is("Bearer")
                ? await tokens.GrantAsync(target, account, refused, cancellationToken)
                : null;
            // A 403 stands where the token server does not give more rights either: it may be the answer to HEAD alone.
            if (grant?.Failure is { } failure)
                return denial ?? failure;
            var reply = challenge is not null && grant is null
                ? await SendBasicAsync(method, target, account, cancellationToken)
                : await SendWithTokenAsync(method, target, grant, cancellationToken);
            if (!reply.HasAnswer || !IsRefusal(reply, target.Name ?? "", grant))
                return reply;
            reply = reply with { IsAfterToken = grant is not null };
            var canMeet = await LearnAsync(reply, target.Name, cancellationToken);
            if (!canMeet || target.IsSingle || (challenge is not null && (grant is null || refused.Grant is not null)))
                return reply;
            denial = reply.Status == 403 ? reply : null;
            refused = new RefusedGrant(grant, IsExpired(reply, target.Name ?? ""));
        }
    }

    /// <summary>
    /// Sends the first request to a host that is not known yet, alone and without credentials; the other requests wait
    /// for its challenge.
    /// </summary>
    /// <returns>Its reply if that is an answer already; null when the caller is to send its own.</returns>
    private async Task<Reply?> ProbeAsync(
        HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (gate.State.IsKnown)
            return null;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _probe, mine, null) is { } others)
        {
            await others.Task.WaitAsync(cancellationToken);
            return null;
        }
        try
        {
            var reply = await gate.SendRawAsync(method, target, null, cancellationToken);
            gate.State.IsKnown = reply.HasAnswer;
            return IsChallenge(reply) && await LearnAsync(reply, target.Name, cancellationToken) ? null : reply;
        }
        finally
        {
            mine.SetResult();
        }
    }

    private Task<Reply> SendWithTokenAsync(
        HttpMethod method, ManifestTarget target, TokenGrant? grant, CancellationToken cancellationToken)
    {
        var bearer = grant is null ? null : new AuthenticationHeaderValue("Bearer", grant.Token);
        return gate.SendRawAsync(method, target, bearer, cancellationToken);
    }

    private Task<Reply> SendBasicAsync(
        HttpMethod method, ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        var host = gate.Endpoint.Host;
        if (account.Credential is not { } credential || string.IsNullOrEmpty(credential.Username))
            return Task.FromResult(Reply.Failed(target.Uri, Answer.Failed(
                Verdict.Auth, $"{HttpCall.Print(target.Uri)} requires a user and password; add those for {host}")));
        var header = new AuthenticationHeaderValue("Basic", credential.ToBasic());
        return account.ProveAsync(
            gate, target.Uri, token => gate.SendRawAsync(method, target, header, token), cancellationToken);
    }

    /// <summary>Null once the account's credential, if it has any, may be sent; else the reason why not.</summary>
    private async ValueTask<Reply?> OpenAsync(
        ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        if (gate.Withhold(target.Uri, account) is { } withheld)
            return withheld;
        if (!account.IsOpen)
            await account.OpenAsync(AskHelperAsync, cancellationToken);
        return account.Failure is { Message: var reason }
            ? Reply.Failed(target.Uri, Answer.Failed(Verdict.Auth, reason ?? "there is no credential"))
            : null;
    }

    private Task<Fetched<RegistryCredential>> AskHelperAsync(string helper, CancellationToken cancellationToken) =>
        gate.Options.CredentialHelper is { } ask
            ? ask(helper, gate.Endpoint.HelperServer, cancellationToken)
            : Task.FromResult(Fetched<RegistryCredential>.Failed(
                Verdict.Config, $"the credential helper {helper} of {gate.Endpoint.Host} cannot be run here"));

    private bool IsRefusal(Reply reply, string name, TokenGrant? grant) => reply.Status switch
    {
        401 => true,
        // A token for many repositories can be too long for the registry's header limit: 431, or 400 from some proxies.
        400 or 431 => grant is { Count: > 1 },
        403 => grant is null
            ? Challenges.Current is null && IsChallenge(reply)
            : !grant.IsWidened && Challenges.AsksForMore(reply, name),
        _ => false,
    };

    private bool IsExpired(Reply reply, string name) =>
        reply.Lines("WWW-Authenticate").Any(line => line.Contains("invalid_token", StringComparison.Ordinal))
            && !Challenges.AsksForMore(reply, name);

    // A 403 with a Bearer challenge is what RFC 6750 section 3.1 has for a scope that is missing.
    private static bool IsChallenge(Reply reply) => reply.HasAnswer && reply.Status switch
    {
        401 => true,
        403 => ChallengeBook.Choose(reply)?.Is("Bearer") ?? false,
        _ => false,
    };

    /// <summary>Takes the challenge out of a refusal; false when there is none that this client can meet.</summary>
    private async Task<bool> LearnAsync(Reply reply, string? name, CancellationToken cancellationToken)
    {
        if (Challenges.Learn(reply, name))
            return true;
        if (Challenges.Current is null && !reply.Lines("WWW-Authenticate").Any())
            await PingOnceAsync(cancellationToken);
        return Challenges.Current is not null;
    }

    // gcr.io has sent 401 without a challenge for manifests, and with one for /v2/ (containers/image keeps the same).
    private Task PingOnceAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _ping ??= PingAsync(cancellationToken);
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        var root = new ManifestTarget(new Uri(gate.Endpoint.Root, "/v2/"), null);
        var reply = await gate.SendRawAsync(HttpMethod.Get, root, null, cancellationToken);
        if (reply is { HasAnswer: true, Status: 401 })
            Challenges.Learn(reply, null);
    }
}
