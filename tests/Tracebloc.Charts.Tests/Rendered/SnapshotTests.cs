using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The objects that make pods, as text, so that a review sees each change.</summary>
public sealed partial class SnapshotTests
{
    private static readonly string Folder = Path.GetFullPath("../../../Rendered/Snapshots", AppContext.BaseDirectory);

    [Fact]
    public async Task Each_workload_is_as_approved()
    {
        var texts = (await Chart.Client.RenderAsync()).Workloads.ToDictionary(FileOf, TextOf);

        Assert.All(texts.Keys, file => Approval.Verify(file, texts[file]));
    }

    [Fact]
    public async Task No_snapshot_is_left_of_what_is_gone()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.Equal(chart.Workloads.Select(FileOf).Order(), Directory.GetFiles(Folder).Order());
    }

    private static string FileOf(Workload workload) =>
        Path.Combine(Folder, $"{workload.Manifest.Kind}-{workload.Manifest.Name}.yaml".ToLowerInvariant());

    /// <summary>Without what changes with every release.</summary>
    private static string TextOf(Workload workload) =>
        Checksum().Replace(workload.Manifest.Text.Replace(Chart.Client.Version, "VERSION"), "$1CHECKSUM");

    [GeneratedRegex(@"(checksum/\w+: )[0-9a-f]{64}")]
    private static partial Regex Checksum();
}
