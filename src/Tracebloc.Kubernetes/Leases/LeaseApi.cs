using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>One Lease.</summary>
internal sealed class LeaseApi(KubernetesClient client, string ns, string name)
{
    /// <returns>Null when the server states that there is none.</returns>
    /// <exception cref="KubernetesException">The lease may exist.</exception>
    internal async Task<V1Lease?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(
                ResourceType.Leases, ns, name, LeaseJson.Default.V1Lease, cancellationToken);
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            return null;
        }
    }

    internal Task<V1Lease> CreateAsync(V1LeaseSpec spec, CancellationToken cancellationToken)
    {
        var lease = new V1Lease
        {
            ApiVersion = ResourceType.Leases.ApiVersion,
            Kind = ResourceType.Leases.Kind,
            Metadata = new() { Name = name },
            Spec = spec,
        };
        return client.CreateAsync(
            ResourceType.Leases, ns, lease, new(), LeaseJson.Default.V1Lease, cancellationToken);
    }

    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsConflict"/>: the lease changed.</exception>
    internal Task<V1Lease> PatchAsync(string? version, V1LeaseSpec spec, CancellationToken cancellationToken)
    {
        var patch = new LeasePatch(new(version), spec);
        return client.PatchAsync(
            ResourceType.Leases, ns, name,
            V1Patch.Merge(JsonSerializer.SerializeToUtf8Bytes(patch, LeaseJson.Default.LeasePatch)),
            new(), LeaseJson.Default.V1Lease, cancellationToken);
    }
}
