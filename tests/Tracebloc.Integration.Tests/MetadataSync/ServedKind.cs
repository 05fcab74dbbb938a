using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Tracebloc.Benchmarks.Sync;
using Tracebloc.Judge;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The CustomResourceDefinition of a kind on a real API server.</summary>
internal static class ServedKind
{
    /// <summary>Installs a kind, and waits until it is served.</summary>
    public static async Task InstallAsync(IKubernetes client, Kind kind, CancellationToken token)
    {
        await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(
            Official.Parse<V1CustomResourceDefinition>(SyncKind.Definition(kind)), cancellationToken: token);
        await SyncScene.UntilAsync(
            current => IsServedAsync(client, kind, current), () => "the kind is not served", token);
    }

    /// <summary>Removes a kind that has no object.</summary>
    public static Task UninstallAsync(IKubernetes client, Kind kind) =>
        client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync($"{kind.Plural}.{kind.Group}");

    private static async Task<bool> IsServedAsync(IKubernetes client, Kind kind, CancellationToken token)
    {
        try
        {
            await client.CustomObjects.ListClusterCustomObjectAsync(
                kind.Group, kind.Version, kind.Plural, cancellationToken: token);
            return true;
        }
        catch (HttpOperationException absent) when (absent.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
