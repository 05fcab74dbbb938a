using System.Text;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed class RecordBatchTests
{
    [Fact]
    public async Task A_cell_has_its_place_in_lines_and_characters()
    {
        var text = "a,b,c\n1,\"ä\n😀\",x\n\"y\"\"\",\\,,z\n";
        await using var reader = await CsvReader.OpenAsync(
            new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.csv"),
            new(),
            TestContext.Current.CancellationToken);
        using var batch = await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(batch);
        Assert.Equal(
            [(2, 1), (2, 3), (3, 4), (4, 1), (4, 7), (4, 10)],
            from row in Enumerable.Range(0, 2)
            from column in Enumerable.Range(0, 3)
            let place = batch.PlaceOf(row, column)
            select ((int)place.Line, place.Column));
    }

    [Fact]
    public void A_builder_makes_a_batch_of_any_cells()
    {
        var builder = new RecordBatchBuilder(2);
        for (var i = 0; i < 5_000; i++)
        {
            builder.Add("x"u8);
            builder.Add(Encoding.UTF8.GetBytes($"{i}"), wasQuoted: true);
            builder.EndRow(i + 1, 10 * i);
        }

        var batch = builder.Build();

        Assert.Equal(5_000, batch.Count);
        Assert.Equal("4999", Encoding.UTF8.GetString(batch[4_999, 1]));
        Assert.True(batch.CellAt(4_999, 1).WasQuoted);
        Assert.Equal((5_000, 49_990), (batch.LineOf(4_999), batch.OffsetOf(4_999)));
        Assert.Equal(new CellPlace(5_000, 0), batch.PlaceOf(4_999, 1));
    }

    [Fact]
    public void A_record_with_too_few_cells_is_no_record()
    {
        var builder = new RecordBatchBuilder(2);
        builder.Add("x"u8);

        Assert.Throws<ArgumentException>(() => builder.EndRow(1, 0));
    }
}
