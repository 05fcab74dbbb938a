using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tests.Loading;

namespace Tracebloc.Ingestor.Tests.Sharding;

/// <summary>The order in which pods take parts, and the text of what they need to know.</summary>
public sealed class RunPartsTests
{
    [Theory]
    [InlineData(0, "0 1 2 3 4 5 6 7")]
    [InlineData(1, "2 3 4 5 6 7 0 1")]
    [InlineData(3, "6 7 0 1 2 3 4 5")]
    public void A_pod_begins_with_its_own_share(int pod, string order) =>
        Assert.Equal(order, string.Join(' ', Of(8).OpenTo(pod, 4).Select(part => part.Part.Number)));

    [Fact]
    public void Fewer_parts_than_pods_are_open_to_all() =>
        Assert.All(Enumerable.Range(0, 100), pod => Assert.Equal(3, Of(3).OpenTo(pod, 100).Count()));

    [Fact]
    public void A_part_that_is_over_is_open_to_no_pod()
    {
        var parts = Of(3);
        parts = parts with
        {
            Parts =
            [
                parts.Parts[0] with { State = PartState.Loaded },
                parts.Parts[1] with { State = PartState.Failed, Error = "full" },
                parts.Parts[2],
            ],
        };

        Assert.Equal([parts.Parts[2]], parts.OpenTo(0, 2));
        Assert.Equal((1, "full"), (parts.Loaded, parts.Failed?.Error));
    }

    [Fact]
    public void A_source_is_read_as_it_was_written()
    {
        var dates = new Dictionary<string, DateOrder> { ["sold on"] = DateOrder.MonthFirst };
        var source = new PartSource(SourceMark.Of(9_000_000_000, [7, uint.MaxValue]), dates);

        var read = PartSource.Read(source.Write());

        Assert.Equal(source.Mark, read.Mark);
        Assert.Equal(dates, read.Dates);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void A_source_of_another_version_is_an_error(string text) => Assert.Equal(
        "The plan of a shared load cannot be read: its pods run different versions; start the Job again with one image",
        Assert.Throws<IngestorException>(() => PartSource.Read(text)).Message);

    [Fact]
    public void Rows_that_cannot_be_cut_are_loaded_by_one_pod()
    {
        var processor = new ProcessorSpecification("clean.py", "Clean", "{}");

        Assert.Null(ShardRule.ReasonAgainst(LoadingScene.Houses));
        Assert.NotNull(ShardRule.ReasonAgainst(LoadingScene.Houses with { Format = SourceFormat.Json }));
        Assert.NotNull(ShardRule.ReasonAgainst(LoadingScene.Houses with { Processors = [processor] }));
    }

    private static RunParts Of(int count) => new(
        [],
        [],
        [
            .. Enumerable.Range(0, count).Select(number =>
                new PartRecord(new RowPart(number, number, 1, new SourceRange(number, number + 1, 1)), PartState.Open)),
        ]);
}
