using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Access;

/// <summary>Finds the service account of a token.</summary>
internal sealed class TokenReviewer(KubernetesClient client, TimeProvider time)
{
    /// <summary>The audience of tokens that are made for jobs-manager.</summary>
    public const string Audience = "jobs-manager";

    // Charts before this one, and the command line, send a token for the API server itself.
    private readonly TokenAuthenticator _authenticator = new(client, time, Audience);

    /// <summary>The owner of a token.</summary>
    /// <returns>Null where the token is not valid, or belongs to no service account.</returns>
    /// <exception cref="KubernetesException">The API server gave no answer.</exception>
    public async Task<Caller?> FindAsync(string token, CancellationToken cancellationToken) =>
        Caller.Of((await _authenticator.FindAsync(token, cancellationToken))?.Name);
}
