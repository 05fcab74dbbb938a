using System.Text;
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
        if (_options.Uploads is { } uploads)
        {
            if (request.UploadPath is not null)
                return UploadAsync(context, request, uploads);
            if (request is { Method: "PUT", ContentPath: (_, "manifests", _) })
                return (Challenge(request) ?? PutManifest(request, uploads)).SendAsync(context);
            if (uploads.DeniesNewRepositories && request.Method == "HEAD" && IsNew(request.Repository))
                return (Challenge(request) ?? Denied).SendAsync(context);
        }
        if (request.Method is not ("GET" or "HEAD") || (request.Path != "/v2/" && request.ContentPath is null))
            return RefuseAsync(Listener, context, request);
        return (Challenge(request) ?? Content(request)).SendAsync(context);
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
        if (token is not null && (request.Path == "/v2/" || Tokens.Allows(token, request.Repository, request.Writes)))
            return null;
        if (token is not null && Tokens.Knows(token) && _options.DenialStatus == 403)
            return Denied;
        var challenge = $"Bearer realm=\"{Tokens.Realm}\",service=\"{FakeTokenServer.Service}\"";
        if (request.Repository != "")
            challenge += $",scope=\"repository:{request.Repository}:pull{(request.Writes ? ",push" : "")}\"";
        if (token is not null)
            challenge += Tokens.Knows(token) ? ",error=\"insufficient_scope\"" : ",error=\"invalid_token\"";
        return Unauthorized(challenge);
    }

    private FakeReply? ChallengeBasic(FakeRequest request)
    {
        var (known, user) = Tokens.FromHeader(request);
        if (known && user is not null && _options.CanPull(user, request.Repository))
            return null;
        return known && user is not null && _options.DenialStatus == 403
            ? Denied
            : Unauthorized("Basic realm=\"fake registry\"");
    }

    private static FakeReply Denied => FakeReply.Of(403, "{\"errors\":[{\"code\":\"DENIED\"}]}");

    private static FakeReply Unauthorized(string challenge) =>
        FakeReply.Of(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}").With("WWW-Authenticate", challenge);

    private FakeReply Content(FakeRequest request) => request.ContentPath switch
    {
        (var repository, "manifests", var reference) => Manifest(request, repository, reference),
        (var repository, "blobs", var digest) => Blob(repository, digest),
        (var repository, _, var digest) when _options.ListsReferrers => Referrers(repository, digest),
        null => FakeReply.Of(200, "{}"),
        _ => FakeReply.Of(404, "404 page not found", "text/plain"),
    };

    private FakeReply Manifest(FakeRequest request, string repository, string reference)
    {
        var digest = reference.Contains(':') ? reference : _tags.GetValueOrDefault($"{repository}:{reference}");
        if (!_manifests.TryGetValue($"{repository}@{digest}", out var manifest))
            return FakeReply.Of(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
        return request.Headers.GetValueOrDefault("If-None-Match") == $"\"{manifest.Digest}\""
            ? new FakeReply { Status = 304 }
            : Negotiate(request, manifest);
    }

    private FakeReply Blob(string repository, string digest) =>
        _blobs.TryGetValue($"{repository}@{digest}", out var blob)
            ? new FakeReply { Body = blob }.With("Content-Type", "application/octet-stream")
            : FakeReply.Of(404, "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\"}]}");

    private FakeReply Referrers(string repository, string digest)
    {
        var listed = _manifests.Where(entry => entry.Key.StartsWith($"{repository}@", StringComparison.Ordinal))
            .Select(entry => entry.Value)
            .Where(manifest => manifest.Subject == digest);
        var index = FakeManifest.IndexOf([.. listed]);
        return FakeReply.Of(200, Encoding.UTF8.GetString(index.Content), index.MediaType);
    }

    /// <summary>The answer of registry 2.8 to an Accept line that lacks the manifest's type.</summary>
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
