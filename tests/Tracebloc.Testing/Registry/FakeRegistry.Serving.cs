using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Registry;

public sealed partial class FakeRegistry
{
    private string? TokenPath => _options.TokensOnSameHost ? "/token" : null;

    private static Task RefuseAsync(FakeListener listener, HttpContext context, FakeRequest request)
    {
        listener.Unexpected.Enqueue(request);
        return FakeReply.Of(501, $"nobody registered {request.Method} {request.Path}", "text/plain").SendAsync(context);
    }

    private Task ServeAsync(HttpContext context, FakeRequest request)
    {
        if (request.Path == TokenPath)
            return ServeTokenAsync(context, request);
        if (request.Method is not ("GET" or "HEAD") || (request.Path != "/v2/" && request.ManifestPath is null))
            return RefuseAsync(Listener, context, request);
        return (Challenge(request) ?? Manifest(request)).SendAsync(context);
    }

    /// <summary>The 401 or 403 that authentication ends in, or null when the request may pass.</summary>
    private FakeReply? Challenge(FakeRequest request) => _options.Authentication switch
    {
        FakeAuthentication.Token => ChallengeBearer(request),
        FakeAuthentication.Basic => ChallengeBasic(request),
        _ => null,
    };

    private FakeReply? ChallengeBearer(FakeRequest request)
    {
        var token = request.AuthKind == "Bearer" ? request.Authorization!["Bearer ".Length..] : null;
        if (token is not null && (request.Path == "/v2/" || Tokens.Allows(token, request.Repository)))
            return null;
        var challenge = $"Bearer realm=\"{Tokens.Realm}\",service=\"{FakeTokenServer.Service}\"";
        if (request.Repository != "")
            challenge += $",scope=\"repository:{request.Repository}:pull\"";
        if (token is not null)
            challenge += Tokens.Knows(token) ? ",error=\"insufficient_scope\"" : ",error=\"invalid_token\"";
        return Unauthorized(challenge);
    }

    private FakeReply? ChallengeBasic(FakeRequest request)
    {
        var (known, user) = Tokens.FromHeader(request);
        return known && user is not null && _options.CanPull(user, request.Repository)
            ? null
            : Unauthorized("Basic realm=\"fake registry\"");
    }

    private static FakeReply Unauthorized(string challenge) =>
        FakeReply.Of(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}").With("WWW-Authenticate", challenge);

    private FakeReply Manifest(FakeRequest request)
    {
        if (request.ManifestPath is not var (repository, reference))
            return FakeReply.Of(200, "{}");
        var digest = reference.Contains(':') ? reference : _tags.GetValueOrDefault($"{repository}:{reference}");
        if (!_manifests.TryGetValue($"{repository}@{digest}", out var manifest))
            return FakeReply.Of(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
        return request.Headers.GetValueOrDefault("If-None-Match") == $"\"{manifest.Digest}\""
            ? new FakeReply { Status = 304 }
            : Negotiate(request, manifest);
    }

    /// <summary>What registry 2.8 makes of an Accept line that lacks the manifest's type.</summary>
    private static FakeReply Negotiate(FakeRequest request, FakeManifest manifest)
    {
        var accepted = request.Headers.GetValueOrDefault("Accept", "").Split(',');
        if (accepted.Any(type => type.Split(';')[0].Trim() == manifest.MediaType))
            return FakeReply.Of(manifest);
        return manifest switch
        {
            { IsOci: true } => FakeReply.Of(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"),
            { Child: { } child } => FakeReply.Of(child),
            { MediaType: FakeManifest.DockerList } => FakeReply.Of(400, "{}"),
            _ => FakeReply.Of(manifest),
        };
    }
}
