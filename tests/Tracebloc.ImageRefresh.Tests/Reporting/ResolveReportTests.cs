using Tracebloc.ImageRefresh.Reporting;

namespace Tracebloc.ImageRefresh.Tests.Reporting;

public sealed class ResolveReportTests
{
    [Fact]
    public void An_image_is_one_line_whatever_was_typed() =>
        Assert.Equal(
            "new\\nline  config: a\\u001bb\n",
            ResolveReport.Text([ResolvedImage.Unparsed("new\nline", "a\u001bb")]));
}
