using System.Net.Http.Headers;

namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    /// <summary>Asks with each credential that matches, the most specific first, until one is let in.</summary>
    private async Task<Reply> TryAccountsAsync(
        HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (target.Name is null)
            return await SendAsync(CallTo(method, target, null), cancellationToken);
        Reply? denied = null;
        string? refusal = null;
        foreach (var source in CandidatesFor(target.Name))
        {
            var account = memory.AccountOf(source);
            var reply = account.IsRefused ? Refused(target.Uri)
                : await SendAsync(method, target, account, cancellationToken);
            if (!IsDenied(reply))
                return refusal is null || !source.IsAnonymous ? reply
                    : reply with { Note = $"{refusal}; asked anonymously" };
            if (account.IsEmpty)
                continue;
            // What the credentials met with says more than what becomes of those who have none.
            denied = source.IsAnonymous ? denied ?? reply : reply;
            refusal ??= account.Lack?.Message ?? $"credentials for {endpoint.Host} were refused";
        }
        return denied ?? Refused(target.Uri);
    }

    private static bool IsDenied(Reply reply) =>
        reply.HasAnswer ? reply.Status is 401 or 403 : reply.Failure is { Verdict: Verdict.Auth };

    /// <summary>Where to take a credential from, in order; the last of it may be to go without.</summary>
    private IEnumerable<CredentialSource> CandidatesFor(string name)
    {
        var hasAny = false;
        foreach (var source in SourcesFor(name))
        {
            yield return source;
            hasAny |= !memory.AccountOf(source).IsEmpty;
        }
        if (!hasAny || endpoint.Options.AnonymousRetry)
            yield return CredentialSource.Anonymous;
    }

    private IEnumerable<CredentialSource> SourcesFor(string name)
    {
        if (own is not null)
            yield return own;
        foreach (var credential in call.Options.Credentials.For(endpoint.Host, name))
            yield return new CredentialSource(credential);
    }

    /// <summary>The repositories that this account is the one to ask for with.</summary>
    private IEnumerable<string> NamesOf(RegistryAccount account)
    {
        foreach (var name in Names)
            foreach (var source in CandidatesFor(name))
                if (memory.AccountOf(source) is { IsRefused: false, Lack: null } first)
                {
                    if (first == account)
                        yield return name;
                    break;
                }
    }

    /// <summary>Null once the account's credential, if it has any, is at hand; else why it is not.</summary>
    private async ValueTask<Reply?> OpenAsync(
        ManifestTarget target, RegistryAccount account, CancellationToken cancellationToken)
    {
        if (!account.IsOpen)
            await account.OpenAsync(AskAsync, cancellationToken);
        return account.Lack is { Message: var reason }
            ? Reply.Failed(target.Uri, Resolution.Failed(Verdict.Auth, reason ?? "there is no credential"))
            : null;
    }

    private Task<Fetched<RegistryCredential>> AskAsync(string helper, CancellationToken cancellationToken) =>
        call.Options.CredentialHelper is { } ask
            ? ask(helper, endpoint.HelperServer, cancellationToken)
            : Task.FromResult(Fetched<RegistryCredential>.Failed(
                Verdict.Config, $"the credential helper {helper} of {endpoint.Host} cannot be run here"));

    private HttpCall CallTo(HttpMethod method, ManifestTarget target, AuthenticationHeaderValue? authorization) =>
        new(method, target.Uri)
        {
            Accept = target.Accept,
            Authorization = authorization,
            IsRetried = !target.IsSingle,
            Invoker = invoker,
            OffersHttp2 = OffersHttp2,
        };
}
