using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The Jobs that delete data sets. Every call may be repeated.</summary>
/// <remarks>Failures of the API server are <see cref="KubernetesException"/>.</remarks>
/// <param name="client">The API server.</param>
/// <param name="pods">The common part of all pods.</param>
internal sealed class DeletionJobs(KubernetesClient client, PodSettings pods)
{
    /// <summary>The image of the installation; null: the one that was current when a deletion was asked for.</summary>
    public RunImage? Image { get; init; }

    /// <summary>Makes the Job, where it is not there.</summary>
    public async Task EnsureAsync(DatasetDeletion deletion, CancellationToken token)
    {
        try
        {
            await client.CreateAsync(
                ResourceType.Jobs, deletion.Namespace,
                DeletionManifests.Job(deletion with { Image = Image?.For(null) ?? deletion.Image }, pods),
                new CreateOptions { FieldManager = RunNames.Manager }, RunJson.Default.V1Job, token);
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            // Made before the end of an earlier attempt.
        }
    }

    /// <summary>The Job; null where there is none.</summary>
    public async Task<V1Job?> FindAsync(DatasetDeletion deletion, CancellationToken token)
    {
        try
        {
            return await client.GetAsync(
                ResourceType.Jobs, deletion.Namespace, deletion.JobName, RunJson.Default.V1Job, token);
        }
        catch (KubernetesException absent) when (absent.IsNotFound && !absent.IsTypeNotServed)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<V1Pod>> PodsAsync(DatasetDeletion deletion, CancellationToken token) =>
        (await client.ListAsync(
            ResourceType.Pods, deletion.Namespace,
            new ListOptions { LabelSelector = $"job-name={deletion.JobName}" },
            RunJson.Default.ResourceListV1Pod, token)).Items;

    /// <summary>Has the Job fail: its controller ends the pods, and then says so.</summary>
    public Task StopAsync(DatasetDeletion deletion, CancellationToken token) => client.PatchAsync(
        ResourceType.Jobs, deletion.Namespace, deletion.JobName, JobPatches.Stop,
        new PatchOptions { FieldManager = RunNames.Manager }, RunJson.Default.V1Job, token);

    /// <summary>Deletes the Job and its pods; one that is gone is no error.</summary>
    public async Task DeleteAsync(DatasetDeletion deletion, CancellationToken token)
    {
        try
        {
            await client.DeleteAsync(
                ResourceType.Jobs, deletion.Namespace, deletion.JobName,
                new DeleteOptions { PropagationPolicy = "Background" }, token);
        }
        catch (KubernetesException gone) when (gone.IsNotFound)
        {
            // Deleted by an earlier call.
        }
    }
}
