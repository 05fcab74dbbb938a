using System.Text.Json;
using Tracebloc.Configuration;

namespace Tracebloc.Kubernetes;

/// <summary>Tokens of service accounts, and the client's own rights.</summary>
/// <param name="client">The API server.</param>
public sealed class AccessApi(KubernetesClient client)
{
    private static readonly ResourceType TokenRequests =
        new("authentication.k8s.io", "v1", "tokenrequests", "TokenRequest");

    /// <summary>
    /// Makes a token of a service account (TokenRequest); needs the verb <c>create</c> on
    /// <c>serviceaccounts/token</c>.
    /// </summary>
    /// <param name="ns">The account's namespace.</param>
    /// <param name="serviceAccount">The account's name.</param>
    /// <param name="audience">The only service that is to accept the token; null: the API server.</param>
    /// <param name="lifetime">The lifetime to ask for, 10 minutes or more; the server may grant another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">There is no such account, a Role is missing, or the lifetime is too
    /// short.</exception>
    public async Task<ServiceAccountToken> CreateTokenAsync(
        string ns, string serviceAccount, string? audience, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var body = new TokenRequest
        {
            ApiVersion = TokenRequests.ApiVersion,
            Kind = TokenRequests.Kind,
            Spec = new()
            {
                Audiences = audience is null ? [] : [audience],
                ExpirationSeconds = (long)lifetime.TotalSeconds,
            },
        };
        var request = new KubernetesRequest("create", HttpMethod.Post, ResourceType.ServiceAccounts, ns)
        {
            Name = serviceAccount,
            Subresource = "token",
            Content = JsonSerializer.SerializeToUtf8Bytes(body, AccessJson.Default.TokenRequest),
            MediaType = "application/json",
        };
        var answer = await client.Requests.SendAsync(request, AccessJson.Default.TokenRequest, cancellationToken);
        return answer.Status is { Token: { Length: > 0 } token, ExpirationTimestamp: { } expires }
            ? new ServiceAccountToken(new Secret(token), expires)
            : throw KubernetesError.Unreadable(request, "the answer has no token with an expiry");
    }

    /// <summary>Learns whether the client may do something (SelfSubjectAccessReview), which every account may
    /// ask.</summary>
    /// <param name="question">The action.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The question got no answer, which is no "no".</exception>
    public async Task<AccessAnswer> CanIAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var type = ResourceType.SelfSubjectAccessReviews;
        var body = new AccessReview
        {
            ApiVersion = type.ApiVersion,
            Kind = type.Kind,
            Spec = new() { ResourceAttributes = AccessAttributes.Of(question) },
        };
        var request = new KubernetesRequest("create", HttpMethod.Post, type, null)
        {
            Content = JsonSerializer.SerializeToUtf8Bytes(body, AccessJson.Default.AccessReview),
            MediaType = "application/json",
        };
        var answer = await client.Requests.SendAsync(request, AccessJson.Default.AccessReview, cancellationToken);
        return answer.Status is { } status
            ? AccessAnswer.Of(status)
            : throw KubernetesError.Unreadable(request, "the answer has no status");
    }
}
