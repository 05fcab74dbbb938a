using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The objects of runs in the cluster. Every call may be repeated.</summary>
internal sealed class RunObjects(KubernetesClient client)
{
    /// <summary>Makes what is missing of a run's Job, ConfigMap and Secret, and adopts what is there.</summary>
    /// <returns>The uid of the Job.</returns>
    /// <exception cref="KubernetesException">The API server is away or refuses.</exception>
    /// <exception cref="ForeignObjectException">An object of that name belongs to something else.</exception>
    public Task<string> EnsureAsync(IngestionRun run, CancellationToken token) =>
        throw new NotImplementedException($"{client} {run} {token}");
}
