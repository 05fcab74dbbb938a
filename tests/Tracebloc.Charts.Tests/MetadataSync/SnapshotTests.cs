using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The workloads and rights as text, so that a review sees each change.</summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.GetFullPath(
        "../../../MetadataSync/Snapshots", AppContext.BaseDirectory);

    private static readonly string[] Kinds =
        ["ConfigMap", "ClusterRole", "Deployment", "Job", "NetworkPolicy", "Service"];

    [Fact]
    public async Task Each_object_is_as_approved()
    {
        var chart = await SyncChart.Chart.RenderExampleAsync("api-values.yaml");
        var objects = chart.Manifests.Where(manifest => Kinds.Contains(manifest.Kind)).ToList();

        Assert.All(
            objects,
            manifest => Approval.Verify(
                FileOf(manifest), manifest.Text.Replace(SyncChart.Chart.Version, "VERSION")));
        Assert.Equal(objects.Select(FileOf).Order(), Directory.GetFiles(Folder).Order());
    }

    private static string FileOf(Manifest manifest) => Path.Combine(
        Folder, $"{manifest.Kind.ToLowerInvariant()}-{manifest.Name.Replace(':', '-')}.yaml");
}
