using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class JournalTextTests
{
    [Fact]
    public void A_list_reads_back_as_it_was_written()
    {
        string[] texts = ["Column \"city\": 3 cells", "", "Höhe\n"];

        Assert.Equal(texts, JournalText.Read(JournalText.Write(texts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void Another_text_is_no_list(string json) => Assert.Null(JournalText.Read(json));
}
