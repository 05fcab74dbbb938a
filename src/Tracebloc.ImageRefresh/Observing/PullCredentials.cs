using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>The registry credentials of a workload's pods.</summary>
/// <param name="Store">
/// One and the same for workloads with the same secrets; null where there are no credentials.
/// </param>
/// <param name="Warnings">The unusable secrets, with reasons.</param>
internal sealed record PullCredentials(CredentialStore? Store, IReadOnlyList<string> Warnings)
{
    public static PullCredentials None { get; } = new(null, []);
}
