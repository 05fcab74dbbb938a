using System.Security.Cryptography;
using System.Text;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Access;

/// <summary>
/// Asks the API server for the owner of a token, and keeps its answers for half a minute, by the token's SHA-256.
/// </summary>
internal sealed class TokenReviewer(KubernetesClient client, TimeProvider time)
{
    /// <summary>The audience of tokens that are made for jobs-manager.</summary>
    public const string Audience = "jobs-manager";

    // A token of a service account takes about 1 KiB.
    private const int LongestToken = 8 * 1024;

    private readonly ReviewCache _cache = new(time);

    /// <summary>The owner of a token.</summary>
    /// <returns>Null where the token is not valid, or belongs to no service account.</returns>
    /// <exception cref="KubernetesException">The API server gave no answer.</exception>
    public async Task<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken || !HeaderText.IsToken(token)) return null;
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_cache.Find(digest, out var known)) return known;
        var caller = await AskAsync(token, cancellationToken);
        _cache.Keep(digest, caller);
        return caller;
    }

    // Charts before this one, and the command line, send a token for the API server itself.
    private async Task<Caller?> AskAsync(string token, CancellationToken cancellationToken) =>
        Caller.Of(await OwnerAsync(token, [Audience], cancellationToken)
            ?? await OwnerAsync(token, null, cancellationToken));

    private async Task<string?> OwnerAsync(
        string token, IReadOnlyList<string>? audiences, CancellationToken cancellationToken)
    {
        var question = new TokenReviewJson { Spec = new() { Token = token, Audiences = audiences } };
        var answer = await client.CreateAsync(
            ResourceType.TokenReviews, null, question, new CreateOptions(), TokenReviewContext.Default.TokenReviewJson,
            cancellationToken);
        return answer.Status is { Authenticated: true } status && IsFor(status, audiences)
            ? status.User?.Username
            : null;
    }

    // A server that does not check audiences sends none back: the token is then one for the API server itself.
    private static bool IsFor(TokenReviewAnswer status, IReadOnlyList<string>? audiences) =>
        audiences is null || status.Audiences is not { Count: > 0 } valid || valid.Intersect(audiences).Any();
}
