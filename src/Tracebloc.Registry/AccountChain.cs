namespace Tracebloc.Registry;

/// <summary>Sends requests to one host with each account that matches, until one is accepted.</summary>
internal sealed class AccountChain(HostGate gate, AccountCandidates candidates)
{
    // One would do for people. Keys of service accounts share a user name, such as _json_key, and an old one may lie
    // beside the new one; registries lock users out after some five wrong passwords.
    private const int MaxRefusedOfUser = 3;

    private readonly AuthorizedSender _sender = new(gate, new TokenSource(gate, candidates));

    public async Task<Reply> SendAsync(HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (target.Name is null)
            return await gate.SendRawAsync(method, target, null, cancellationToken);
        Reply? denied = null;
        string? refusal = null;
        Dictionary<string, int>? refusals = null;
        foreach (var account in candidates.For(target))
        {
            var isAnonymous = account.Source.IsAnonymous;
            var reply = account.IsRefused || refusals?.GetValueOrDefault(UserOf(account)) >= MaxRefusedOfUser
                ? RegistryAccount.RefusedAt(target.Uri, gate.Endpoint)
                : await _sender.SendAuthorizedAsync(method, target, account, cancellationToken);
            if (!IsDenied(reply))
                return refusal is null || !isAnonymous ? reply
                    : reply with { Note = $"{refusal}; retried anonymously" };
            if (account.IsEmpty)
                continue;
            if (account.IsRefused && UserOf(account) is { Length: > 0 } user)
                (refusals ??= [])[user] = refusals.GetValueOrDefault(user) + 1;
            // The answer to credentials is more specific than the answer to an anonymous request.
            denied = isAnonymous ? denied ?? reply : reply;
            refusal ??= account.Failure?.Message ?? $"credentials for {gate.Endpoint.Host} were refused";
        }
        if (target.IsForeign && denied is not null)
            return denied.WithNote(
                $"credentials do not follow a redirect to another host; name {gate.Endpoint.Host} in the image");
        return denied ?? throw new InvalidOperationException("Every repository has an account, if only the anonymous.");
    }

    private static string UserOf(RegistryAccount account) => account.Credential?.Username ?? "";

    private static bool IsDenied(Reply reply) =>
        reply.HasAnswer ? reply.Status is 401 or 403 : reply.Failure is { Verdict: Verdict.Auth };
}
