using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tests.Loading;

namespace Tracebloc.Ingestor.Tests.Sharding;

/// <summary>Rows that are cut into any number of parts, against the same rows by one pod.</summary>
public sealed class RowCutterTests : IDisposable
{
    private const long FirstId = 71;

    private static readonly IngestSpecification Streets = LoadingScene.Houses with
    {
        Schema = [new("street", new(SqlBase.Text))],
    };

    private static readonly Arbitrary<(string, int)> Files = (
        from begin in Gen.Elements("price,street\n", "\uFEFFprice,street\r\n", "\r\nstreet,price\r")
        from rows in (
            from cells in Gen.Elements(
                "1,2", "3,\"a\nb\"", "4,\"\r\n\"", "5,\"\"\"\"", "6,\"x,\"\"\n\"\"\"", "7,\\\"", "8,é", "9,")
            from end in Gen.Elements("\n", "\r\n", "\r", "\n\n", "\r\n \r\n")
            select (cells, end)).ListOf()
        from isEnded in Gen.Elements(true, false)
        from parts in Gen.Choose(1, 12)
        let text = string.Concat(rows.Select((row, index) =>
            row.cells + (isEnded || index + 1 < rows.Count ? row.end : "")))
        select (begin + text, parts)).ToArbitrary();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cutter-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SourceFile Source => new(Path.Combine(_folder.FullName, "houses.csv"), "houses.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Parts_have_the_rows_and_the_ids_of_the_whole() => Prop.ForAll(Files, file =>
    {
        var (text, most) = file;
        var (parts, mark, rows) = CutAsync(text, most).GetAwaiter().GetResult();

        Assert.Equal(Math.Min(rows, 1), Math.Min(parts.Count, 1));
        Assert.InRange(parts.Count, 0, most);
        Assert.Equal(rows, parts.Sum(part => part.Rows));
        Assert.All(parts, part => Assert.True(part.Rows > 0));
        Assert.Equal(Enumerable.Range(0, parts.Count), parts.Select(part => part.Number));
        var whole = EncodeAsync(Source, FirstId).GetAwaiter().GetResult();
        var cut = parts.Select(part => EncodeAsync(
            Source with { Expected = mark, Range = part.Range }, FirstId + part.FirstRow).GetAwaiter().GetResult());
        Assert.Equal(whole, string.Concat(cut));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public async Task Parts_are_about_equal()
    {
        var text = "price,street\n" + string.Concat(Enumerable.Range(0, 10_000).Select(row => $"{row % 10},lane\n"));

        var (parts, mark, _) = await CutAsync(text, 7);

        Assert.Equal(7, parts.Count);
        Assert.All(parts, part => Assert.InRange(part.Rows, 10_000 / 7 - 5, 10_000 / 7 + 5));
        Assert.Equal(mark.Length, parts[^1].Range.End);
    }

    [Fact]
    public async Task A_record_that_is_longer_than_a_part_makes_fewer_parts()
    {
        var text = $"price,street\n1,a\n2,{new string('x', 1_000)}\n3,b\n";

        var (parts, _, _) = await CutAsync(text, 8);

        Assert.Equal([2, 1], parts.Select(part => part.Rows));
    }

    private async Task<(IReadOnlyList<RowPart> Parts, SourceMark Mark, long Rows)> CutAsync(string text, int most)
    {
        await File.WriteAllTextAsync(Source.Path, text, Token);
        await using var reader = await RecordSource.OpenAsync(Source, Streets, Token);
        var cutter = new RowCutter(new FileInfo(Source.Path).Length, most);
        var findings = new Findings(cutter.Name);
        cutter.Begin(reader.Header, findings);
        var rows = 0L;
        while (await reader.ReadAsync(Token) is { } batch)
            using (batch)
            {
                Assert.Empty(batch.Faults);
                cutter.Look(batch, findings);
                rows += batch.Count;
            }

        cutter.End(findings);
        Assert.Equal(0, findings.Total);
        Assert.NotNull(reader.Mark);
        return (cutter.Parts(reader.Mark.Length), reader.Mark, rows);
    }

    private static async Task<string> EncodeAsync(SourceFile source, long firstId)
    {
        await using var reader = await RecordSource.OpenAsync(source, Streets, Token);
        using var ids = new RowIds("run-7", new byte[32]);
        var rows = new RowSource(Streets, reader.Header, new Dictionary<string, DateOrder>());
        var (encoder, chunk) = (new RowEncoder(Streets, reader.Header, rows, ids), new ChunkBuilder());
        while (await reader.ReadAsync(Token) is { } batch)
            using (batch)
            {
                encoder.Encode(batch, 0, firstId, chunk);
                firstId += batch.Count;
            }

        if (chunk.Count == 0) return "";
        using var encoded = chunk.Take();
        return Encoding.UTF8.GetString(encoded.Bytes.Span);
    }
}
