using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Checks;

/// <summary>The check of the volume with the data sets.</summary>
internal sealed class VolumeChecks(ClusterSession session)
{
    private const string ForMany = "ReadWriteMany";

    public async Task<CheckFinding> BoundAsync(Release release, CancellationToken token)
    {
        var volume = await DataVolume.ReadAsync(session.Client, release, token);
        volume.RequireBound();
        var found = $"{volume.Claim} is bound, {volume.Size ?? "size unknown"}, {string.Join(", ", volume.AccessModes)}";
        return volume.AccessModes.Contains(ForMany)
            ? CheckFinding.Ok(found)
            : CheckFinding.Warn(
                $"{found}: pods on one node alone can use it",
                $"none is needed on a single node; else set pvcAccessMode to {ForMany} at the installation");
    }
}
