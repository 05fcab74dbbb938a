using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The objects as text, so that a review sees each change.</summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.GetFullPath("../../../Ingestor/Snapshots", AppContext.BaseDirectory);

    [Fact]
    public async Task Each_object_is_as_approved()
    {
        var chart = await IngestorChart.RenderAsync();

        Assert.All(
            chart.Manifests,
            manifest => Approval.Verify(
                FileOf(manifest), manifest.Text.Replace(IngestorChart.Chart.Version, "VERSION")));
        Assert.Equal(chart.Manifests.Select(FileOf).Order(), Directory.GetFiles(Folder).Order());
    }

    private static string FileOf(Manifest manifest) => Path.Combine(Folder, $"{manifest.Kind.ToLowerInvariant()}.yaml");
}
