using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Runs;

/// <summary>The token of an account, made anew shortly before its end, and when jobs-manager has rejected it.</summary>
internal sealed class RenewedToken(ClusterSession session, Release release, string account)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private SubmissionToken? _token;

    /// <param name="rejected">The token that was rejected just now; null for none.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="CliException">There is no token to be had.</exception>
    public async Task<string> GetAsync(string? rejected, CancellationToken token)
    {
        if (_token is null || rejected is not null || _token.Expires - session.Time.GetUtcNow() < Margin)
            _token = await RenewAsync(token);
        return _token.Value.Reveal();
    }

    private async Task<SubmissionToken> RenewAsync(CancellationToken token)
    {
        try
        {
            return await new TokenSource(session.Client, release.Namespace).GetAsync(account, token);
        }
        catch (KubernetesException away) when (away.IsTransient && _token is not null)
        {
            // The API server restarts; the token may be good for a while.
            return _token;
        }
    }
}
