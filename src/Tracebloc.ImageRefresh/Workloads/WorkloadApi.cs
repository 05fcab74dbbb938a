using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The API server as a refresh needs it: workloads of one namespace, and their pods where allowed.</summary>
internal sealed class WorkloadApi(KubernetesClient client, string @namespace)
{
    private const int MostConflicts = 5;

    public string Namespace => @namespace;

    public EventApi Events => new(client, @namespace, FieldOwner.Self);

    // RBAC grants a watch of one object by resourceNames only where this selector names it.
    private static string Only(WorkloadReference workload) => $"metadata.name={workload.Name}";

    public async Task<Workload> GetAsync(WorkloadReference workload, CancellationToken token) =>
        workload.Kind == WorkloadKind.CronJob
            ? (await GetCronJobAsync(workload.Name, token)).ToWorkload()
            : await client.GetAsync(
                TypeOf(workload.Kind), @namespace, workload.Name, WorkloadJson.Default.Workload, token);

    /// <summary>Null on a conflict with another writer: the caller reads and plans again.</summary>
    /// <exception cref="KubernetesException">It was refused, or has met too many conflicts.</exception>
    public async Task<Workload?> TryPatchAsync(
        WorkloadReference workload, WorkloadEdit edit, Workload seen, int conflicts, CancellationToken token)
    {
        try
        {
            return await PatchAsync(workload, edit, seen, token);
        }
        catch (KubernetesException conflict) when (conflict.IsConflict && conflicts < MostConflicts)
        {
            return null;
        }
    }

    private async Task<Workload> PatchAsync(
        WorkloadReference workload, WorkloadEdit edit, Workload seen, CancellationToken token)
    {
        var patch = V1Patch.StrategicMerge(WorkloadPatch.Write(edit, seen));
        var options = new PatchOptions { FieldManager = FieldOwner.Self };
        if (workload.Kind != WorkloadKind.CronJob)
            return await client.PatchAsync(
                TypeOf(workload.Kind),
                @namespace,
                workload.Name,
                patch,
                options,
                WorkloadJson.Default.Workload,
                token);
        var type = seen.ApiVersion == ResourceType.CronJobsBeta.ApiVersion
            ? ResourceType.CronJobsBeta
            : ResourceType.CronJobs;
        var patched = await client.PatchAsync(
            type, @namespace, workload.Name, patch, options, WorkloadJson.Default.CronJob, token);
        return patched.ToWorkload();
    }

    // Asking for the served versions first would cost every server a request.
    private async Task<CronJob> GetCronJobAsync(string name, CancellationToken token)
    {
        try
        {
            return await GetAsync(ResourceType.CronJobs);
        }
        catch (KubernetesException old) when (old.IsTypeNotServed)
        {
            return await GetAsync(ResourceType.CronJobsBeta);
        }

        Task<CronJob> GetAsync(ResourceType type) =>
            client.GetAsync(type, @namespace, name, WorkloadJson.Default.CronJob, token);
    }

    /// <summary>
    /// Every change since, until the server ends the watch or the workload is gone. A CronJob has no rollout to follow.
    /// </summary>
    public async IAsyncEnumerable<Workload> WatchAsync(
        WorkloadReference workload, Workload seen, [EnumeratorCancellation] CancellationToken token)
    {
        var options = new Kubernetes.WatchOptions
        {
            FieldSelector = Only(workload),
            ResourceVersion = seen.Metadata.ResourceVersion,
        };
        var events = client.WatchAsync(
            TypeOf(workload.Kind), @namespace, options, WorkloadJson.Default.Workload, token);
        await foreach (var change in events)
        {
            if (change.Type == WatchEventType.Deleted)
                yield break;
            if (change.Object is not null)
                yield return change.Object;
        }
    }

    public Task<IReadOnlyList<Pod>> ListPodsAsync(Workload workload, CancellationToken token) =>
        ListAsync(ResourceType.Pods, workload, WorkloadJson.Default.ResourceListPod, token);

    public Task<IReadOnlyList<ReplicaSet>> ListReplicaSetsAsync(Workload workload, CancellationToken token) =>
        ListAsync(ResourceType.ReplicaSets, workload, WorkloadJson.Default.ResourceListReplicaSet, token);

    public async Task<IReadOnlyList<Node>> ListNodesAsync(CancellationToken token)
    {
        var list = await client
            .ListAsync(ResourceType.Nodes, null, new ListOptions(), WorkloadJson.Default.ResourceListNode, token);
        return list.Items;
    }

    public Task<ServiceAccount> GetServiceAccountAsync(string name, CancellationToken token) =>
        client.GetAsync(ResourceType.ServiceAccounts, @namespace, name, WorkloadJson.Default.ServiceAccount, token);

    public Task<PullSecret> GetPullSecretAsync(string name, CancellationToken token) =>
        client.GetAsync(ResourceType.Secrets, @namespace, name, WorkloadJson.Default.PullSecret, token);

    private async Task<IReadOnlyList<T>> ListAsync<T>(
        ResourceType type, Workload workload, JsonTypeInfo<ResourceList<T>> json, CancellationToken token)
    {
        // An empty selector would list the whole namespace.
        if (workload.Spec.Selector.MatchLabels is not { Count: > 0 } labels)
            return [];
        var options = new ListOptions
        {
            LabelSelector = string.Join(',', labels.Select(label => $"{label.Key}={label.Value}")),
        };
        return (await client.ListAsync(type, @namespace, options, json, token)).Items;
    }

    private static ResourceType TypeOf(WorkloadKind kind) => kind switch
    {
        WorkloadKind.Deployment => ResourceType.Deployments,
        WorkloadKind.StatefulSet => ResourceType.StatefulSets,
        WorkloadKind.DaemonSet => ResourceType.DaemonSets,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no rollout"),
    };
}
