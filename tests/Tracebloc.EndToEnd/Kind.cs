using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Tracebloc.Judge;

namespace Tracebloc.EndToEnd;

/// <summary>A kind of objects, read and watched by the official client with its own types.</summary>
internal sealed record Kind
{
    private Kind() { }

    public static Kind Pods { get; } = Of<V1Pod, V1PodList>(
        (client, ns, token) => client.CoreV1.ListNamespacedPodAsync(ns, cancellationToken: token),
        (client, ns, from, token) => client.CoreV1.WatchListNamespacedPodAsync(
            ns, resourceVersion: from.Version, timeoutSeconds: from.Seconds, cancellationToken: token));

    public static Kind Jobs { get; } = Of<V1Job, V1JobList>(
        (client, ns, token) => client.BatchV1.ListNamespacedJobAsync(ns, cancellationToken: token),
        (client, ns, from, token) => client.BatchV1.WatchListNamespacedJobAsync(
            ns, resourceVersion: from.Version, timeoutSeconds: from.Seconds, cancellationToken: token));

    public static Kind Deployments { get; } = Of<V1Deployment, V1DeploymentList>(
        (client, ns, token) => client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: token),
        (client, ns, from, token) => client.AppsV1.WatchListNamespacedDeploymentAsync(
            ns, resourceVersion: from.Version, timeoutSeconds: from.Seconds, cancellationToken: token));

    /// <summary>The objects of a namespace.</summary>
    public required Func<IKubernetes, string, CancellationToken, Task<Listed>> List { get; init; }

    /// <summary>Their changes from a place on.</summary>
    public required Watching Watch { get; init; }

    private static Kind Of<T, TList>(
        Func<IKubernetes, string, CancellationToken, Task<TList>> list,
        Func<IKubernetes, string, Place, CancellationToken, IAsyncEnumerable<(WatchEventType, T)>> watch)
        where T : IKubernetesObject<V1ObjectMeta>
        where TList : IKubernetesObject<V1ListMeta>, IItems<T> => new()
        {
            List = async (client, ns, token) =>
            {
                var found = await list(client, ns, token);
                return new([.. found.Items.Select(one => Official.ToJson(one))], found.Metadata.ResourceVersion);
            },
            Watch = (client, ns, from, token) =>
                watch(client, ns, from, token)
                    .Select(change => (change.Item1, (JsonNode)Official.ToJson(change.Item2))),
        };
}

/// <summary>A watch of a namespace.</summary>
internal delegate IAsyncEnumerable<(WatchEventType Type, JsonNode Object)> Watching(
    IKubernetes client, string ns, Place from, CancellationToken cancellationToken);

/// <summary>Objects, and the version of their list.</summary>
internal sealed record Listed(IReadOnlyList<JsonNode> Items, string Version);

/// <summary>Where a watch begins, and how long the server keeps it open.</summary>
internal sealed record Place(string Version, int Seconds);
