using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>Reads the objects of runs from the API server.</summary>
/// <param name="client">The API server.</param>
/// <param name="namespace">The namespace of all runs.</param>
internal sealed class RunLookout(KubernetesClient client, string @namespace)
{
    /// <summary>The run's objects as they are now; of a Job that another owner made nothing is seen.</summary>
    /// <exception cref="KubernetesException">The API server is away or refuses.</exception>
    public async Task<RunObservation> ObserveAsync(IngestionRun run, CancellationToken token)
    {
        var job = await FindAsync(run, run.JobName, token);
        var undo = run.State is RunState.Failed or RunState.Cancelled
            ? await FindAsync(run, run.UndoJobName, token) : null;
        return new RunObservation
        {
            Job = job,
            // Those of a Job that is gone tell whether it had succeeded, and may still write.
            Pods = job is null && run.JobUid is null && run.Undo != UndoState.Wanted
                ? [] : await PodsAsync(run, run.JobName, token),
            UndoJob = undo,
            // The pods of an earlier removal, whose Job has gone, say nothing about this one.
            UndoPods = undo is null ? [] : [.. (await PodsAsync(run, run.UndoJobName, token)).Where(
                pod => Ownership.IsOwnedBy(pod.Metadata, undo.Metadata))],
        };
    }

    /// <summary>The runs of all Jobs that are there, and the version from which a watch misses nothing.</summary>
    public async Task<(IReadOnlyList<RunKey> Keys, string? Version)> ListAsync(CancellationToken token)
    {
        var list = await client.ListAsync(
            ResourceType.Jobs, @namespace, new ListOptions { LabelSelector = RunNames.Label },
            RunJson.Default.ResourceListV1Job, token);
        return ([.. list.Items.Select(job => Ownership.KeyOf(job.Metadata)).OfType<RunKey>()],
            list.Metadata?.ResourceVersion);
    }

    /// <summary>The same by all pods, of which some are of no Job any more.</summary>
    public async Task<(IReadOnlyList<RunKey> Keys, string? Version)> ListPodsAsync(CancellationToken token)
    {
        var list = await client.ListAsync(
            ResourceType.Pods, @namespace, new ListOptions { LabelSelector = RunNames.Label },
            RunJson.Default.ResourceListV1Pod, token);
        return ([.. list.Items.Select(pod => Ownership.KeyOf(pod.Metadata)).OfType<RunKey>()],
            list.Metadata?.ResourceVersion);
    }

    /// <summary>The run of each Job that changes, from a version on, without an end.</summary>
    public IAsyncEnumerable<RunKey> WatchAsync(string? version, CancellationToken token) =>
        WatchAsync(ResourceType.Jobs, RunJson.Default.V1Job, job => job.Metadata, version, token);

    /// <summary>The run of each pod that changes or goes, from a version on, without an end.</summary>
    public IAsyncEnumerable<RunKey> WatchPodsAsync(string? version, CancellationToken token) =>
        WatchAsync(ResourceType.Pods, RunJson.Default.V1Pod, pod => pod.Metadata, version, token);

    private async IAsyncEnumerable<RunKey> WatchAsync<T>(
        ResourceType type, JsonTypeInfo<T> json, Func<T, V1ObjectMeta?> metadata, string? version,
        [EnumeratorCancellation] CancellationToken token)
        where T : class
    {
        var options = new WatchOptions { LabelSelector = RunNames.Label, ResourceVersion = version };
        await foreach (var change in client.WatchAsync(type, @namespace, options, json, token))
            if (change.Object is { } changed && Ownership.KeyOf(metadata(changed)) is { } key)
                yield return key;
    }

    private async Task<V1Job?> FindAsync(IngestionRun run, string name, CancellationToken token)
    {
        try
        {
            var job = await client.GetAsync(
                ResourceType.Jobs, run.Namespace, name, RunJson.Default.V1Job, token);
            return Ownership.IsOf(run, job.Metadata) ? job : null;
        }
        catch (KubernetesException absent) when (absent.IsNotFound && !absent.IsTypeNotServed)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<V1Pod>> PodsAsync(IngestionRun run, string job, CancellationToken token) =>
        (await client.ListAsync(
            ResourceType.Pods, run.Namespace, new ListOptions { LabelSelector = $"job-name={job}" },
            RunJson.Default.ResourceListV1Pod, token)).Items;
}
