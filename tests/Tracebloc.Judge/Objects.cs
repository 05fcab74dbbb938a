using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Tracebloc.Judge;

/// <summary>The objects of a type, read by the official client with its own types and given as JSON.</summary>
public static class Objects
{
    /// <summary>Lists the objects of a namespace, or of the cluster for a type without one.</summary>
    /// <param name="client">The official client.</param>
    /// <param name="type">The type's plural, for example <c>configmaps</c>.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public static async Task<IReadOnlyList<JsonObject>> ListObjectsAsync(
        this IKubernetes client, string type, string ns, CancellationToken cancellationToken) => type switch
        {
            "clusterrolebindings" => Items(
                await client.RbacAuthorizationV1.ListClusterRoleBindingAsync(cancellationToken: cancellationToken)),
            "configmaps" => Items(
                await client.CoreV1.ListNamespacedConfigMapAsync(ns, cancellationToken: cancellationToken)),
            "cronjobs" => await ListCronJobsAsync(client, ns, cancellationToken),
            "deployments" => Items(
                await client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: cancellationToken)),
            "events" => Items(
                await client.CoreV1.ListNamespacedEventAsync(ns, cancellationToken: cancellationToken)),
            "persistentvolumeclaims" => Items(
                await client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(
                    ns, cancellationToken: cancellationToken)),
            "rolebindings" => Items(
                await client.RbacAuthorizationV1.ListNamespacedRoleBindingAsync(
                    ns, cancellationToken: cancellationToken)),
            "roles" => Items(
                await client.RbacAuthorizationV1.ListNamespacedRoleAsync(ns, cancellationToken: cancellationToken)),
            "secrets" => Items(
                await client.CoreV1.ListNamespacedSecretAsync(ns, cancellationToken: cancellationToken)),
            "serviceaccounts" => Items(
                await client.CoreV1.ListNamespacedServiceAccountAsync(ns, cancellationToken: cancellationToken)),
            "services" => Items(
                await client.CoreV1.ListNamespacedServiceAsync(ns, cancellationToken: cancellationToken)),
            _ => throw new ArgumentException($"{type} are not read by any test yet: add them", nameof(type)),
        };

    /// <summary>The one object of a type that has the name.</summary>
    /// <inheritdoc cref="ListObjectsAsync"/>
    public static async Task<JsonObject> ReadObjectAsync(
        this IKubernetes client, string type, string ns, string name, CancellationToken cancellationToken) =>
        (await client.ListObjectsAsync(type, ns, cancellationToken))
            .Single(one => (string?)one["metadata"]?["name"] == name);

    // The client has types for batch/v1 alone, which 1.20 does not serve for CronJobs.
    private static async Task<IReadOnlyList<JsonObject>> ListCronJobsAsync(
        IKubernetes client, string ns, CancellationToken cancellationToken)
    {
        try
        {
            return Items(await client.BatchV1.ListNamespacedCronJobAsync(ns, cancellationToken: cancellationToken));
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            var list = Official.ToJson(await client.CustomObjects.ListNamespacedCustomObjectAsync(
                "batch", "v1beta1", ns, "cronjobs", cancellationToken: cancellationToken));
            return [.. list["items"]!.AsArray().Select(one => one!.AsObject())];
        }
    }

    private static List<JsonObject> Items<T>(IItems<T> list) where T : notnull =>
        [.. list.Items.Select(one => Official.ToJson(one))];
}
