using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Deletes objects of the cluster by their uids. The rows follow once the cluster has deleted them.</summary>
internal sealed class LiveDeletion(KubernetesClient client)
{
    /// <returns>The reason of a refusal; null where the object is deleted, or was by another client.</returns>
    public async Task<KubernetesException?> DeleteAsync(
        Kind kind, RowPosition row, DeleteOptions options, CancellationToken token)
    {
        var ns = row.Namespace.Length > 0 ? row.Namespace : null;
        try
        {
            await client.DeleteAsync(kind.Type, ns, row.Name, options with { Uid = row.Uid }, token);
            return null;
        }
        catch (KubernetesException failed)
        {
            return failed is { IsNotFound: true, IsTypeNotServed: false } ? null : failed;
        }
    }
}
