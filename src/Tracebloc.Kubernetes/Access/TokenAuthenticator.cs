using System.Security.Cryptography;
using System.Text;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Asks the API server for the owner of a token (TokenReview), and keeps its answers for half a minute, by the token's
/// SHA-256. Safe for concurrent use.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="time">The clock of the kept answers.</param>
/// <param name="audience">The audience of tokens that are made for this service; those for the API server itself are
/// accepted, too.</param>
public sealed class TokenAuthenticator(KubernetesClient client, TimeProvider time, string audience)
{
    /// <summary>A token that was revoked is still accepted for this long.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    // A token of a service account takes about 1 KiB.
    private const int LongestToken = 8 * 1024;

    private readonly ReviewCache<KubernetesUser?> _cache = new(time, Life);

    /// <summary>The owner of a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the token is not valid.</returns>
    /// <exception cref="KubernetesException">The API server gave no answer.</exception>
    public async Task<KubernetesUser?> FindAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length is 0 or > LongestToken || !HeaderText.IsToken(token)) return null;
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_cache.Find(digest, out var known)) return known;
        var user = await OwnerAsync(token, [audience], cancellationToken)
            ?? await OwnerAsync(token, null, cancellationToken);
        _cache.Keep(digest, user);
        return user;
    }

    private async Task<KubernetesUser?> OwnerAsync(
        string token, IReadOnlyList<string>? audiences, CancellationToken cancellationToken)
    {
        var type = ResourceType.TokenReviews;
        var question = new TokenReview
        {
            ApiVersion = type.ApiVersion,
            Kind = type.Kind,
            Spec = new() { Token = token, Audiences = audiences },
        };
        var answer = await client.CreateAsync(
            type, null, question, new CreateOptions(), AccessJson.Default.TokenReview, cancellationToken);
        return answer.Status is { Authenticated: true, User: { Username: { Length: > 0 } name } user } status
            && IsFor(status, audiences)
                ? new KubernetesUser(name)
                {
                    Uid = user.Uid ?? "",
                    Groups = user.Groups ?? [],
                    Extra = user.Extra ?? new Dictionary<string, IReadOnlyList<string>>(),
                }
                : null;
    }

    // A server that does not check audiences sends none back: the token is then one for the API server itself.
    private static bool IsFor(TokenReviewStatus status, IReadOnlyList<string>? audiences) =>
        audiences is null || status.Audiences is not { Count: > 0 } valid || valid.Intersect(audiences).Any();
}
