using Tracebloc.ImageRefresh.Pin;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>charts/client is understood as it is.</summary>
public sealed class PinChartTests
{
    private static readonly string Values = Documents.Read("charts/client/values.yaml");

    [Fact]
    public void All_images_of_its_values_are_known() =>
        Assert.Equal(
            [
                "ghcr.io/tracebloc/jobs-manager:prod",
                "docker.io/tracebloc/pods-monitor:prod",
                "ghcr.io/tracebloc/jobs-manager:prod",
                "ghcr.io/tracebloc/ingestor:prod",
                "docker.io/tracebloc/mysql-client:prod",
            ],
            PinOf.Images(Values));

    [Fact]
    public void Its_values_are_pinned_and_as_they_were_once_unpinned()
    {
        var (before, after) = (Values.Split('\n'), PinOf.Pinned(Values).Split('\n'));
        Assert.Equal(before.Length, after.Length);
        var changed = before.Zip(after).Where(line => line.First != line.Second).ToList();
        Assert.Equal(ChartImage.All.Count, changed.Count);
        Assert.All(changed, line => Assert.Equal(line.First.Replace("\"\"", $"\"{Some.A}\""), line.Second));
        Assert.Equal(Values, PinOf.Unpinned(PinOf.Pinned(Values)));
    }
}
