using System.Text.Json.Serialization.Metadata;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The objects of runs in the cluster. Every call may be repeated.</summary>
/// <remarks>Failures of the API server are <see cref="KubernetesException"/>.</remarks>
/// <param name="client">The API server.</param>
/// <param name="pods">The common part of all pods.</param>
/// <param name="mint">Makes the token of a run.</param>
internal sealed class RunObjects(KubernetesClient client, PodSettings pods, Func<RunRequest, Secret> mint)
{
    private static readonly CreateOptions Create = new() { FieldManager = RunNames.Manager };
    private static readonly DeleteOptions InBackground = new() { PropagationPolicy = "Background" };

    /// <summary>
    /// The image of the installation, which takes runs back: a run may have asked for one that cannot be pulled. Null:
    /// each run's own does.
    /// </summary>
    public RunImage? Image { get; init; }

    /// <summary>Makes what is missing of a run's Job, ConfigMap and Secret, and adopts what is there.</summary>
    /// <returns>The uid of the Job.</returns>
    /// <exception cref="KubernetesException">The API server is away or refuses.</exception>
    /// <exception cref="ForeignObjectException">An object of that name belongs to something else.</exception>
    /// <exception cref="EndingObjectException">A Job of that name is being deleted: to be repeated later.</exception>
    public Task<string> EnsureAsync(IngestionRun run, CancellationToken token) =>
        EnsureAsync(run, RunManifests.Job(run, pods), RunNames.OfRun(run), token);

    /// <summary>The same for the Job that takes the run back.</summary>
    /// <inheritdoc cref="EnsureAsync(IngestionRun, CancellationToken)"/>
    public Task<string> EnsureUndoAsync(IngestionRun run, CancellationToken token) =>
        EnsureAsync(
            run, RunManifests.UndoJob(run with { Image = Image?.For(null) ?? run.Image }, pods), RunNames.OfUndo(run),
            token);

    /// <summary>
    /// Deletes a Job of the run and, by the garbage collector, all that it owns; one that is gone is no error.
    /// </summary>
    public async Task DeleteAsync(IngestionRun run, string job, CancellationToken token)
    {
        try
        {
            var found = await client.GetAsync(
                ResourceType.Jobs, run.Namespace, job, RunJson.Default.V1Job, token);
            if (!Ownership.IsOf(run, found.Metadata)) return;
            await client.DeleteAsync(ResourceType.Jobs, run.Namespace, job, InBackground, token);
        }
        catch (KubernetesException gone) when (gone.IsNotFound)
        {
            // Deleted by an earlier call or by another writer.
        }
    }

    /// <summary>No further pod follows one that failed; the Job and the logs of its pods stay.</summary>
    public Task StopRetryingAsync(IngestionRun run, string job, CancellationToken token) => client.PatchAsync(
        ResourceType.Jobs, run.Namespace, job, JobPatches.Stop,
        new PatchOptions { FieldManager = RunNames.Manager }, RunJson.Default.V1Job, token);

    private async Task<string> EnsureAsync(
        IngestionRun run, V1Job wanted, RunNames names, CancellationToken token)
    {
        var job = await JobAsync(run, wanted, names, token);
        var uid = job.Metadata?.Uid ?? "";
        if (JobOutcomes.OutcomeOf(job) != JobOutcome.None) return uid;
        var isNew = await ConfigMapAsync(run, RunManifests.ConfigMap(run, names, uid), names.ConfigMap, token);
        await SecretAsync(run, RunManifests.Secret(run, names, uid, mint(run.Request)), names.Secret, isNew, token);
        return uid;
    }

    private async Task<V1Job> JobAsync(IngestionRun run, V1Job wanted, RunNames names, CancellationToken token)
    {
        if (await TryCreateAsync(ResourceType.Jobs, run, wanted, RunJson.Default.V1Job, token) is { } made) return made;
        var job = await client.GetAsync(
            ResourceType.Jobs, run.Namespace, names.Job, RunJson.Default.V1Job, token);
        if (!Ownership.IsOf(run, job.Metadata)) throw Foreign("Job", run, names.Job);
        return job.Metadata?.DeletionTimestamp is null
            ? job
            : throw new EndingObjectException(
                $"Job {names.Job} in namespace {run.Namespace} is being deleted; it is made again when it is gone");
    }

    // The ConfigMap of an earlier Job of that name goes with that Job, so this Job needs one of its own.
    private async Task<bool> ConfigMapAsync(IngestionRun run, V1ConfigMap wanted, string name, CancellationToken token)
    {
        var json = RunJson.Default.V1ConfigMap;
        if (await TryCreateAsync(ResourceType.ConfigMaps, run, wanted, json, token) is not null) return true;
        var found = await client.GetAsync(ResourceType.ConfigMaps, run.Namespace, name, json, token);
        if (!Ownership.HasKeyOf(run, found.Metadata)) throw Foreign("ConfigMap", run, name);
        if (Ownership.HasSameOwner(found.Metadata, wanted.Metadata)
            && found.Data?.GetValueOrDefault(RunManifests.SpecificationFile) == run.Request.Specification)
            return false;
        await ReplaceAsync(ResourceType.ConfigMaps, run, name, wanted, json, token);
        return true;
    }

    // Secrets are never read: one that is there is replaced where the ConfigMap was new, too. It could be that of an
    // earlier Job, which takes it along.
    private async Task SecretAsync(
        IngestionRun run, V1Secret wanted, string name, bool isNew, CancellationToken token)
    {
        var json = RunJson.Default.V1Secret;
        if (await TryCreateAsync(ResourceType.Secrets, run, wanted, json, token) is null && isNew)
            await ReplaceAsync(ResourceType.Secrets, run, name, wanted, json, token);
    }

    private async Task ReplaceAsync<T>(
        ResourceType type, IngestionRun run, string name, T wanted,
        JsonTypeInfo<T> json, CancellationToken token)
    {
        try
        {
            await client.DeleteAsync(type, run.Namespace, name, new DeleteOptions(), token);
        }
        catch (KubernetesException gone) when (gone.IsNotFound)
        {
            // The garbage collector was first.
        }

        await client.CreateAsync(type, run.Namespace, wanted, Create, json, token);
    }

    /// <returns>Null where an object of that name is there.</returns>
    private async Task<T?> TryCreateAsync<T>(
        ResourceType type, IngestionRun run, T wanted,
        JsonTypeInfo<T> json, CancellationToken token)
        where T : class
    {
        try
        {
            return await client.CreateAsync(type, run.Namespace, wanted, Create, json, token);
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            return null;
        }
    }

    private static ForeignObjectException Foreign(string kind, IngestionRun run, string name) => new(
        $"{kind} {name} in namespace {run.Namespace} belongs to something else than run {run.Key} with this content; "
        + "delete it, or submit under another key");
}
