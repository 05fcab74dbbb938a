using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>The volume of the release's data sets, by its claim.</summary>
/// <param name="Claim">The claim's name.</param>
/// <param name="Phase"><c>Bound</c>, <c>Pending</c> or <c>Lost</c>.</param>
internal sealed record DataVolume(string Claim, string Phase)
{
    /// <summary>The folder at which the pods of runs have it, and the paths of specifications begin.</summary>
    public const string MountPath = "/data/shared";

    public string? StorageClass { get; init; }

    /// <summary>A quantity, <c>50Gi</c>; null while it is not bound.</summary>
    public string? Size { get; init; }

    public IReadOnlyList<string> AccessModes { get; init; } = [];

    public bool IsBound => Phase == "Bound";

    /// <exception cref="CliException">There is no such claim.</exception>
    /// <exception cref="KubernetesException">The API server gives no answer, or the right is missing.</exception>
    public static async Task<DataVolume> ReadAsync(KubernetesClient client, Release release, CancellationToken token)
    {
        try
        {
            var claim = await client.GetAsync(
                ResourceType.PersistentVolumeClaims, release.Namespace, release.Claim, ClusterJson.Default.V1Claim,
                token);
            return Of(release.Claim, claim);
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            throw new CliException(
                CliExit.NoRelease,
                $"Volume claim {release.Claim} of release {release} was not found; helm upgrade makes it again, "
                + "without the data that it had",
                e);
        }
    }

    /// <exception cref="CliException">It cannot be used yet.</exception>
    public void RequireBound()
    {
        if (!IsBound) throw new CliException(CliExit.NoRelease, Fault);
    }

    /// <summary>The fault of a volume that is not bound.</summary>
    public string Fault =>
        $"Volume claim {Claim} is {Phase} and not Bound: {(StorageClass is { Length: > 0 } name
            ? $"StorageClass {name} has made no volume"
            : "it names no StorageClass, and no volume matches")}; kubectl describe pvc {Claim} has the reason";

    private static DataVolume Of(string name, V1Claim claim) => new(name, claim.Status?.Phase ?? "Pending")
    {
        StorageClass = claim.Spec?.StorageClassName,
        Size = claim.Status?.Capacity?.GetValueOrDefault("storage"),
        AccessModes = claim.Status?.AccessModes ?? [],
    };
}
