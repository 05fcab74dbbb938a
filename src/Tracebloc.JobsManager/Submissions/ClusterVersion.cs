using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The version of the API server, asked for again after an hour: clusters are upgraded.</summary>
internal sealed class ClusterVersion(KubernetesClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private volatile Answer? _last;

    /// <exception cref="KubernetesException">The API server gave no answer.</exception>
    public async Task<KubernetesVersion> GetAsync(CancellationToken token)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Life) return last.Version;
        var version = await client.VersionAsync(token);
        _last = new Answer(version, time.GetTimestamp());
        return version;
    }

    private sealed record Answer(KubernetesVersion Version, long At);
}
