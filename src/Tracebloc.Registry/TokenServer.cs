namespace Tracebloc.Registry;

/// <summary>Requests tokens from a host's token server, in a form that it supports; follows redirects.</summary>
internal sealed class TokenServer(HostGate gate)
{
    public Task<Reply> SendAsync(TokenRequest request, CancellationToken cancellationToken) =>
        request.WantsPost
            ? PostAsync(request, cancellationToken)
            : FollowAsync(request.ToGet(), cancellationToken);

    // Servers that support only the older GET form answer 404 or 405 (distribution's oauth specification).
    private async Task<Reply> PostAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var reply = await FollowAsync(request.ToPost(), cancellationToken);
        return reply is { HasAnswer: true, Status: 404 or 405 }
            ? await FollowAsync(request.ToGet(), cancellationToken)
            : reply;
    }

    // As Go's clients follow redirects to a token server: an nginx that adds a slash or turns http into https.
    private async Task<Reply> FollowAsync(HttpCall request, CancellationToken cancellationToken)
    {
        var hasSecret = request.HasSecret;
        for (var hops = 0; ; hops++)
        {
            var reply = await gate.SendTokenRequestAsync(request, cancellationToken);
            if (!Redirect.Is(reply))
                return hasSecret && !request.HasSecret && reply is { HasAnswer: true, Status: 401 or 403 }
                    ? Failed(
                        reply.Uri, Verdict.Auth, "refuses access; credentials do not follow a redirect to another host")
                    : reply;
            if (!Redirect.TryFollow(reply, hops, gate.MayBePlain, out var location, out var fault))
                return Failed(reply.Uri, Verdict.Invalid, $"answered with {fault}");
            request = request.At(location);
        }
    }

    private Reply Failed(Uri uri, Verdict verdict, string what) => Reply.Failed(uri, Answer.Failed(
        verdict, $"{HttpCall.Print(uri)} {what}; correct the token server (realm) that {gate.Endpoint.Host} names"));
}
