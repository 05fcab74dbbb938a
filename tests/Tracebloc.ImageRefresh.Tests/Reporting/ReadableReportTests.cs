using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.ImageRefresh.Reporting;

namespace Tracebloc.ImageRefresh.Tests.Reporting;

/// <summary>People read what is written for programs, too: arrows and quotes stand in it as they are.</summary>
public sealed class ReadableReportTests
{
    private const string Said = "1.0.0 -> 1.1.0 is 'it' & more";

    [Fact]
    public void What_resolve_says_is_not_escaped() =>
        AssertReadable(ResolveReport.Json([ResolvedImage.Unparsed("nginx", Said)]));

    [Fact]
    public void What_pin_says_is_not_escaped() =>
        AssertReadable(PinReportJson.Write(new(new PinOptions { File = Said }, [])));

    [Fact]
    public void What_a_tick_says_is_not_escaped()
    {
        var plan = new ImageResult { Image = Some.EnvSet(), Outcome = Outcome.Unreachable, Message = Said };

        AssertReadable(ReportJson.Write(new(Some.Now, TimeSpan.Zero, [plan], Some.Policy)));
    }

    private static void AssertReadable(string report)
    {
        Assert.Contains(Said, report, StringComparison.Ordinal);
        Assert.EndsWith("\n", report, StringComparison.Ordinal);
    }
}
