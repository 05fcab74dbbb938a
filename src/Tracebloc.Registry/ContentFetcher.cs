namespace Tracebloc.Registry;

/// <summary>
/// Fetches content from hosts and follows redirects between them. Another host is asked without credentials.
/// </summary>
internal sealed class ContentFetcher(HostDirectory hosts)
{
    /// <summary>The reply after challenges, credentials and redirects; or the failure.</summary>
    public async Task<Reply> FetchAsync(
        RegistryHost host, HttpMethod method, ManifestTarget target, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await host.Accounts.SendAsync(method, target, cancellationToken);
            if (!Redirect.Is(reply))
                return reply;
            if (!Redirect.TryFollow(reply, target.Hops, host.Gate.MayBePlain, out var location, out var fault))
                return Refuse(target.Uri, fault);
            var next = target.IsSameOrigin(location) ? host : hosts.For(location, out fault);
            if (next is null)
                return Refuse(target.Uri, fault);
            (host, target) = (next, target.At(location));
        }
    }

    /// <summary>The failure of a reply that is no 200, or null.</summary>
    public static Answer? FailureOf(Reply reply, TimeProvider time) =>
        reply.HasAnswer && reply.Status is not 200 ? StatusVerdict.Explain(reply, time) : reply.Failure;

    public static Answer Invalid(Reply reply, string what) => Answer.Failed(
        Verdict.Invalid, $"{HttpCall.Print(reply.Uri)} answered with {what}; check the way to the registry") with
    {
        Bytes = reply.Body.Length,
    };

    private static Reply Refuse(Uri uri, string? fault) => Reply.Failed(uri, Answer.Failed(
        Verdict.Invalid, $"{HttpCall.Print(uri)} answered with {fault}; name the registry that serves the image"));
}
