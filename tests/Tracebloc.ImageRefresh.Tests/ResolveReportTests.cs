namespace Tracebloc.ImageRefresh.Tests;

public sealed class ResolveReportTests
{
    [Fact]
    public void An_image_is_one_line_whatever_was_typed() =>
        Assert.Equal(
            "new\\nline  config: a\\u001bb\n",
            ResolveReport.Text([ResolvedImage.Unparsed("new\nline", "a\u001bb")]));
}
