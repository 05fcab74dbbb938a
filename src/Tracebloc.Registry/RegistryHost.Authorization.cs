using System.Net.Http.Headers;

namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    /// <summary>
    /// Asks with one account: as the host is known to want it, then again after a challenge, then once more with a new
    /// token when the one that was sent is not taken. Never more, so that no registry can make it loop.
    /// </summary>
    private async Task<Reply> SendAsync(
        HttpMethod method, ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        var first = await IntroduceAsync(method, target, cancellationToken);
        if (first is not null)
            return first;
        (TokenGrant? Grant, bool IsExpired) refused = default;
        Reply? denial = null;
        while (true)
        {
            var challenge = memory.Challenges.Current;
            if (challenge is not null && await OpenAsync(target, account, cancellationToken) is { } lack)
                return lack;
            var grant = challenge is not null && challenge.Is("Bearer")
                ? await GrantAsync(target, account, refused, cancellationToken)
                : null;
            // A 403 stands where the token server does not give more rights either: it may be the answer to HEAD alone.
            if (grant?.Failure is { } failure)
                return denial ?? failure;
            var reply = await SendAsync(method, target, account, (challenge, grant), cancellationToken);
            if (!reply.HasAnswer || !IsRefusal(reply, target.Name ?? "", grant))
                return reply;
            reply = reply with { IsAfterToken = grant is not null };
            var canMeet = await LearnAsync(reply, target.Name, cancellationToken);
            if (!canMeet || target.IsSingle || (challenge is not null && (grant is null || refused.Grant is not null)))
                return reply;
            denial = reply.Status == 403 ? reply : null;
            refused = (grant, IsExpired(reply, target.Name ?? ""));
        }
    }

    private bool IsRefusal(Reply reply, string name, TokenGrant? grant) => reply.Status switch
    {
        401 => true,
        // A token for many repositories can be too long for the registry's header limit: 431, or 400 from some proxies.
        400 or 431 => grant is { Count: > 1 },
        403 => grant is null
            ? memory.Challenges.Current is null && IsChallenge(reply)
            : !grant.IsWidened && memory.Challenges.AsksForMore(reply, name),
        _ => false,
    };

    private bool IsExpired(Reply reply, string name) =>
        reply.Lines("WWW-Authenticate").Any(line => line.Contains("invalid_token", StringComparison.Ordinal))
            && !memory.Challenges.AsksForMore(reply, name);

    private Task<Reply> SendAsync(
        HttpMethod method,
        ManifestTarget target,
        RegistryAccount account,
        (Challenge? Challenge, TokenGrant? Grant) known,
        CancellationToken cancellationToken)
    {
        if (known is { Grant: null, Challenge: not null })
            return SendBasicAsync(method, target, account, cancellationToken);
        var bearer = known.Grant is null ? null : new AuthenticationHeaderValue("Bearer", known.Grant.Token);
        return SendAsync(CallTo(method, target, bearer), cancellationToken);
    }

    private Task<Reply> SendBasicAsync(
        HttpMethod method, ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        if (account.Credential is not { } credential || string.IsNullOrEmpty(credential.Username))
            return Task.FromResult(Reply.Failed(target.Uri, Resolution.Failed(
                Verdict.Auth,
                $"{HttpCall.Print(target.Uri)} wants a user and password; add those for {endpoint.Host}")));
        var header = new AuthenticationHeaderValue("Basic", credential.ToBasic());
        return account.ProveAsync(
            token => SendAsync(CallTo(method, target, header), token),
            () => Refused(target.Uri),
            cancellationToken);
    }
}
