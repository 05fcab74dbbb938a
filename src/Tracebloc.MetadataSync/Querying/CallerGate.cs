using System.Net;
using Microsoft.AspNetCore.Http;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// Authenticates callers by TokenReview and authorises them by SubjectAccessReview, as the API server would for the
/// same verb and resource.
/// </summary>
/// <param name="authenticator">Finds the owner of a token.</param>
/// <param name="authorizer">Knows the rights of users.</param>
/// <param name="allowsLoopback">Requests of this machine that carry no credentials may do all.</param>
internal sealed class CallerGate(TokenAuthenticator authenticator, AccessAuthorizer authorizer, bool allowsLoopback)
{
    /// <summary>The audience of tokens that are made for this service.</summary>
    public const string Audience = "metadata-sync";

    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>The caller; null for one of this machine that needs no credentials.</summary>
    /// <exception cref="QueryException">The request has no valid token.</exception>
    public async Task<KubernetesUser?> AuthenticateAsync(HttpRequest request, CancellationToken token)
    {
        if (allowsLoopback && request.Headers.Authorization.Count == 0 && IsOfThisMachine(request)) return null;
        return BearerToken.Of(request) is { } bearer && await authenticator.FindAsync(bearer, token) is { } user
            ? user
            : throw new QueryException(
                StatusCodes.Status401Unauthorized,
                "Unauthorized",
                "the request has no valid bearer token; send one of the API server, or one with audience "
                + $"{Audience}; kubectl sends tokens over https only");
    }

    /// <param name="request">The request.</param>
    /// <param name="verb">The verb as RBAC writes it.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="place">The namespace, null for all; and the name, null for no single object.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="QueryException">The caller is unknown, or may not do it.</exception>
    public async Task AuthorizeAsync(
        HttpRequest request, string verb, Kind kind, (string? Namespace, string? Name) place, CancellationToken token)
    {
        if (await AuthenticateAsync(request, token) is not { } user) return;
        var question = new AccessQuestion(verb, kind.Type, place.Namespace) { Name = place.Name };
        var answer = await authorizer.MayAsync(user, question, token);
        if (answer.IsAllowed) return;
        var named = place.Name is null ? "" : $" \"{place.Name}\"";
        var where = place.Namespace is null ? "at the cluster scope" : $"in the namespace \"{place.Namespace}\"";
        var reason = answer.Reason.Length > 0 ? $": {answer.Reason}" : "";
        throw new QueryException(
            StatusCodes.Status403Forbidden,
            "Forbidden",
            $"{kind.Type}{named} is forbidden: User \"{user.Name}\" cannot {verb} resource \"{kind.Plural}\" in API "
            + $"group \"{kind.Group}\" {where}{reason}")
        {
            Subject = new StatusSubject { Group = kind.Group, Kind = kind.Plural, Name = place.Name },
        };
    }

    // A page of another site, or a proxy before this server, would borrow the right of this machine.
    private static bool IsOfThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !Forwarding.Any(request.Headers.ContainsKey)
        && (request.Host.Host == "localhost"
            || (IPAddress.TryParse(request.Host.Host, out var host) && IPAddress.IsLoopback(host)));
}
