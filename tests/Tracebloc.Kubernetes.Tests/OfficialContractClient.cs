using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Tracebloc.Judge;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// The official client with its typed objects: what it cannot read or write, no other client can be expected to.
/// </summary>
internal sealed class OfficialContractClient(IKubernetes client, string ns) : IContractClient
{
    public string Namespace => ns;

    internal static OfficialContractClient Open(KubernetesClientConfiguration configuration) =>
        new(Official.Open(OfficialConfiguration.Of(configuration)), configuration.Namespace);

    public Task<JsonObject> GetAsync(
        ResourceType type, string? ns, string name, CancellationToken cancellationToken) =>
        AskAsync(new("get", HttpMethod.Get, type, ns) { Name = name }, () => type.Plural switch
        {
            "deployments" => JsonAsync(client.AppsV1.ReadNamespacedDeploymentAsync(name, ns, null, cancellationToken)),
            "events" => JsonAsync(client.EventsV1.ReadNamespacedEventAsync(name, ns, null, cancellationToken)),
            _ => throw new ArgumentException(type.Plural),
        });

    /// <summary>Page by page, since the official client leaves that to its caller.</summary>
    public async Task<ResourceList<JsonObject>> ListAsync(
        ResourceType type, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        for (string? place = null; ;)
        {
            var after = place;
            var (fields, labels, limit) = (options.FieldSelector, options.LabelSelector, options.PageSize);
            var page = await AskAsync(new("list", HttpMethod.Get, type, ns), () => type.Plural switch
            {
                "deployments" => JsonAsync(client.AppsV1.ListNamespacedDeploymentAsync(
                    ns, null, after, fields, labels, limit, cancellationToken: cancellationToken)),
                "replicasets" => JsonAsync(client.AppsV1.ListNamespacedReplicaSetAsync(
                    ns, null, after, fields, labels, limit, cancellationToken: cancellationToken)),
                "pods" => JsonAsync(client.CoreV1.ListNamespacedPodAsync(
                    ns, null, after, fields, labels, limit, cancellationToken: cancellationToken)),
                _ => throw new ArgumentException(type.Plural),
            });
            items.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            place = (string?)page["metadata"]!["continue"];
            if (!string.IsNullOrEmpty(place)) continue;
            return new ResourceList<JsonObject>
            {
                Items = items,
                Metadata = new V1ListMeta { ResourceVersion = (string?)page["metadata"]!["resourceVersion"] },
            };
        }
    }

    public Task<JsonObject> CreateAsync(
        ResourceType type, string? ns, JsonObject value, CreateOptions options, CancellationToken cancellationToken)
    {
        var (apps, manager) = (client.AppsV1, options.FieldManager);
        return AskAsync(new("create", HttpMethod.Post, type, ns), () => type.Plural switch
        {
            "deployments" => JsonAsync(apps.CreateNamespacedDeploymentAsync(
                Read<V1Deployment>(value), ns, fieldManager: manager, cancellationToken: cancellationToken)),
            "statefulsets" => JsonAsync(apps.CreateNamespacedStatefulSetAsync(
                Read<V1StatefulSet>(value), ns, fieldManager: manager, cancellationToken: cancellationToken)),
            "daemonsets" => JsonAsync(apps.CreateNamespacedDaemonSetAsync(
                Read<V1DaemonSet>(value), ns, fieldManager: manager, cancellationToken: cancellationToken)),
            "events" => JsonAsync(client.EventsV1.CreateNamespacedEventAsync(
                Read<Eventsv1Event>(value), ns, fieldManager: manager, cancellationToken: cancellationToken)),
            _ => throw new ArgumentException(type.Plural),
        });
    }

    public Task<JsonObject> PatchAsync(
        ResourceType type, ObjectName name, V1Patch patch, PatchOptions options, CancellationToken cancellationToken)
    {
        var kind = patch.MediaType switch
        {
            "application/strategic-merge-patch+json" => k8s.Models.V1Patch.PatchType.StrategicMergePatch,
            "application/merge-patch+json" => k8s.Models.V1Patch.PatchType.MergePatch,
            "application/json-patch+json" => k8s.Models.V1Patch.PatchType.JsonPatch,
            _ => throw new ArgumentException(patch.MediaType),
        };
        var body = new k8s.Models.V1Patch(Encoding.UTF8.GetString(patch.Content.Span), kind);
        var (apps, dry, manager) = (client.AppsV1, options.DryRun ? "All" : null, options.FieldManager);
        var ((ns, one), token) = (name, cancellationToken);
        return AskAsync(new("patch", HttpMethod.Patch, type, ns) { Name = one }, () => type.Plural switch
        {
            "deployments" => JsonAsync(
                apps.PatchNamespacedDeploymentAsync(body, one, ns, dry, manager, cancellationToken: token)),
            "statefulsets" => JsonAsync(
                apps.PatchNamespacedStatefulSetAsync(body, one, ns, dry, manager, cancellationToken: token)),
            "daemonsets" => JsonAsync(
                apps.PatchNamespacedDaemonSetAsync(body, one, ns, dry, manager, cancellationToken: token)),
            "events" => JsonAsync(
                client.EventsV1.PatchNamespacedEventAsync(body, one, ns, dry, manager, cancellationToken: token)),
            _ => throw new ArgumentException(type.Plural),
        });
    }

    public Task DeleteAsync(
        ResourceType type, ObjectName name, DeleteOptions options, CancellationToken cancellationToken) =>
        AskAsync(new("delete", HttpMethod.Delete, type, name.Namespace) { Name = name.Name }, async () =>
        {
            var status = await client.AppsV1.DeleteNamespacedDeploymentAsync(
                name.Name, name.Namespace, propagationPolicy: options.PropagationPolicy,
                cancellationToken: cancellationToken);
            Assert.Equal("Success", status.Status);
            return [];
        });

    public async IAsyncEnumerable<WatchEvent<JsonObject>> WatchAsync(
        ResourceType type, string? ns, WatchOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = new Queue<Exception>();
        var request = new KubernetesRequest("watch", HttpMethod.Get, type, ns);
        var changes = client.AppsV1.WatchListNamespacedDeploymentAsync(
            ns, allowWatchBookmarks: true, fieldSelector: options.FieldSelector, labelSelector: options.LabelSelector,
            resourceVersion: options.ResourceVersion, timeoutSeconds: (int?)options.Timeout?.TotalSeconds,
            onError: failures.Enqueue, cancellationToken: cancellationToken);
        await using var enumerator = changes.GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(enumerator))
        {
            if (failures.TryDequeue(out var failure)) throw Translate(request, failure);
            var (happened, item) = enumerator.Current;
            var version = item.Metadata.ResourceVersion;
            if (happened != k8s.WatchEventType.Bookmark)
                yield return new(Enum.Parse<WatchEventType>(happened.ToString()), Official.ToJson(item), version);
            else if (options.Bookmarks)
                yield return new(WatchEventType.Bookmark, null, version);
        }

        if (failures.TryDequeue(out var last)) throw Translate(request, last);
    }

    // A watch without a single event counts as broken to the official client.
    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> enumerator)
    {
        try
        {
            return await enumerator.MoveNextAsync();
        }
        catch (HttpRequestException e) when (e.InnerException is EndOfStreamException)
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();

    private static T Read<T>(JsonObject value) => Official.FromJson<T>(value);

    private static async Task<JsonObject> JsonAsync<T>(Task<T> answer)
        where T : notnull => Official.ToJson(await answer);

    private static async Task<JsonObject> AskAsync(KubernetesRequest request, Func<Task<JsonObject>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpOperationException e)
        {
            throw Translate(request, e);
        }
    }

    private static Exception Translate(KubernetesRequest request, Exception error) => error switch
    {
        HttpOperationException { Response: var answer } => Translate(
            request, (int)answer.StatusCode, Official.Parse<k8s.Models.V1Status>(answer.Content)),
        k8s.KubernetesException { Status: var status } => Translate(request, status.Code ?? 0, status),
        _ => error,
    };

    private static KubernetesException Translate(KubernetesRequest request, int code, k8s.Models.V1Status status)
    {
        Assert.Equal(("Status", "v1", "Failure"), (status.Kind, status.ApiVersion, status.Status));
        Assert.Equal(code.ToString(CultureInfo.InvariantCulture), $"{status.Code}");
        return KubernetesError.FromStatus(
            request,
            code,
            new V1Status
            {
                Message = status.Message,
                Reason = status.Reason,
                Details = new V1StatusDetails { Name = status.Details?.Name },
            },
            "the credentials");
    }
}
