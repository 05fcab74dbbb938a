using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Checks;

/// <summary>The checks of the volume with the data sets.</summary>
internal sealed class VolumeChecks(ClusterSession session)
{
    private const string ForMany = "ReadWriteMany";

    /// <summary>Kubernetes knows a claim's size, and only a pod that mounts it how much of that is free.</summary>
    public static CheckFinding Space() => CheckFinding.Unknown(
        "only a pod that mounts the volume knows its free space", "none: a push checks it before it sends a file");

    public async Task<CheckFinding> BoundAsync(Release release, CancellationToken token)
    {
        var volume = await DataVolume.ReadAsync(session.Client, release, token);
        volume.RequireBound();
        var modes = string.Join(", ", volume.AccessModes);
        var found = $"{volume.Claim} is bound, {volume.Size ?? "size unknown"}, {modes}";
        return volume.AccessModes.Contains(ForMany)
            ? CheckFinding.Ok(found)
            : CheckFinding.Warn(
                $"{found}: pods on one node alone can use it",
                $"none is needed on a single node; else set pvcAccessMode to {ForMany} at the installation");
    }
}
