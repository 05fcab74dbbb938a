using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Checks;

/// <summary>The checks of the API server and of jobs-manager.</summary>
internal sealed class ServerChecks(ClusterSession session)
{
    private const int Ready = 200, NotFound = 404;

    /// <summary>The difference from which signatures and tokens may not be valid yet, or no more.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(2);

    public async Task<CheckFinding> ReachableAsync(CancellationToken token) =>
        CheckFinding.Ok($"{session.Server} answers, Kubernetes {await session.Client.VersionAsync(token)}");

    public async Task<CheckFinding> ClockAsync(CancellationToken token)
    {
        if (await session.Client.ClockAsync(token) is not { } server)
            return CheckFinding.Unknown("the API server sends no time", "compare the clocks by hand");
        var skew = session.Time.GetUtcNow() - server;
        var seconds = $"{Math.Abs(skew.TotalSeconds):0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")}";
        return skew.Duration() <= MostSkew
            ? CheckFinding.Ok("the clock here is that of the API server")
            : CheckFinding.Warn($"the clock here is {seconds} that of the API server", "set the clock, by NTP for one");
    }

    public async Task<CheckFinding> PermissionsAsync(Release release, CancellationToken token)
    {
        var check = await PermissionCheck.OfAsync(session.Client, release, token);
        var missing = await check.MissingAsync(token);
        return missing.Count == 0
            ? CheckFinding.Ok($"all {Permission.All.Count} that a push needs in namespace {release.Namespace}")
            : CheckFinding.Fail(
                $"missing in namespace {release.Namespace}: {string.Join(", ", missing)}",
                $"add to the Role: {string.Join(", ", missing.Select(permission => permission.Rule))}");
    }

    /// <summary>jobs-manager is ready when its database and the API server answer it.</summary>
    public async Task<CheckFinding> DatabaseAsync(Release release, CancellationToken token)
    {
        using var link = await JobsManagerLink.OpenAsync(session, release, token);
        var answer = await link.SendAsync(HttpMethod.Get, "/readyz", prepare: null, token);
        return answer.Status switch
        {
            Ready => CheckFinding.Ok("jobs-manager reaches its database"),
            NotFound => CheckFinding.Unknown(
                "jobs-manager is too old to report its database", "upgrade the client chart"),
            _ => CheckFinding.Fail(
                $"jobs-manager is not ready: {ServerFault.Of(answer)}",
                $"kubectl logs -n {release.Namespace} deployment/{release.Deployment} has more"),
        };
    }

    public async Task<CheckFinding> SchemaAsync(Release release, CancellationToken token)
    {
        var match = await ClusterInfoReader.SchemaAsync(session, release, token);
        return match.Verdict switch
        {
            SchemaVerdict.Same => CheckFinding.Ok($"{SchemaMatch.Name} is the same in jobs-manager {match.Server}"),
            SchemaVerdict.ServerIsNewer => CheckFinding.Warn(match.Describe(release), "upgrade tracebloc"),
            _ => CheckFinding.Fail(match.Describe(release), "upgrade the client chart"),
        };
    }

    public async Task<CheckFinding> TokenAsync(Release release, CancellationToken token)
    {
        var granted = await ClusterInfoReader.TokenAsync(session, release, token);
        return CheckFinding.Ok(granted.Secret is { } secret
            ? $"Secret {secret} has one of service account {granted.Account}"
            : $"service account {granted.Account} gets one");
    }
}
