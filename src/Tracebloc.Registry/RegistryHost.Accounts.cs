using System.Net.Http.Headers;

namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    private const string AnonymousNote = "the credentials were refused, so the image was asked for without; renew them";

    /// <summary>Asks with each credential that matches, the most specific first, until one is let in.</summary>
    private async Task<Reply> TryAccountsAsync(
        HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (target.Name is null)
            return await SendAsync(CallTo(method, target, null), cancellationToken);
        Reply? denied = null;
        foreach (var credential in CandidatesFor(target.Name))
        {
            var account = memory.AccountOf(credential);
            if (account.IsRefused)
                continue;
            var reply = await SendAsync(method, target, account, cancellationToken);
            if (!IsDenied(reply))
                return denied is not null && credential is null ? reply with { Note = AnonymousNote } : reply;
            denied = reply;
        }
        return denied ?? Refused(target.Uri);
    }

    private static bool IsDenied(Reply reply) =>
        reply.HasAnswer ? reply.Status is 401 or 403 : reply.Failure is { Verdict: Verdict.Auth };

    /// <summary>The credentials in their order; null stands for none.</summary>
    private IEnumerable<RegistryCredential?> CandidatesFor(string name)
    {
        var matching = own is null ? call.Options.Credentials.For(endpoint.Host, name)
            : [own, .. call.Options.Credentials.For(endpoint.Host, name)];
        foreach (var credential in matching)
            yield return credential;
        if (matching.Count == 0 || call.Options.AnonymousRetry)
            yield return null;
    }

    /// <summary>The repositories that this account is the one to ask for with.</summary>
    private IEnumerable<string> NamesOf(RegistryAccount account)
    {
        foreach (var name in Names)
            foreach (var credential in CandidatesFor(name))
                if (memory.AccountOf(credential) is { IsRefused: false } first)
                {
                    if (first == account)
                        yield return name;
                    break;
                }
    }

    private HttpCall CallTo(HttpMethod method, ManifestTarget target, AuthenticationHeaderValue? authorization) =>
        new(method, target.Uri)
        {
            Accept = target.Accept,
            Authorization = authorization,
            Invoker = invoker,
            OffersHttp2 = OffersHttp2,
        };
}
