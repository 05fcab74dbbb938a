using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Reading;

/// <summary>Parts of a CSV file, cut between any records of it.</summary>
public sealed class SourceRangeTests : IDisposable
{
    private const int Big = 10_000_000;

    private static readonly string Row = new string('1', 999) + "\n";

    // Characters with a meaning come often, so that most texts are unusual ones.
    private static readonly Arbitrary<(string, int[])> Texts = (
        from begin in Gen.Elements("h,i\n", "\uFEFFh,i\r\n", "\"h\n\",i\n", "\n\nh,i\r")
        from parts in Gen.Elements(
            "a", "é", "😀", " ", ",", "\"", "\\", "\n", "\r", "\r\n",
            "a,b\n", "1,\"x\ny\"\n", "2,\"\"\"\"\r\n", "\"x\",")
            .ListOf()
        from cuts in Gen.Choose(0, 40).ArrayOf()
        select (begin + string.Concat(parts), cuts)).ToArbitrary();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("source-range-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SourceFile File => new(Path.Combine(_folder.FullName, "rows.csv"), "rows.csv");

    private static IngestSpecification Rows { get; } = new()
    {
        Category = "tabular_regression",
        Table = "rows",
        Intent = Intent.Train,
        Source = "rows.csv",
        Format = SourceFormat.Csv,
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Parts_have_the_records_of_the_whole_with_their_places() => Prop.ForAll(Texts, file =>
    {
        var (text, cuts) = file;
        System.IO.File.WriteAllText(File.Path, text);
        var (whole, starts, mark) = ReadAsync(File).GetAwaiter().GetResult();
        if (mark is null || starts.Count == 0) return;

        var ranges = Cut(starts, cuts, mark.Length);
        var parts = ranges.SelectMany(range =>
            ReadAsync(File with { Expected = mark, Range = range }).GetAwaiter().GetResult().Records);

        Assert.Equal(whole, parts);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(1_000)]
    [InlineData(SourceMark.BlockBytes / 1_000 * 1_000)]
    [InlineData(9_999_000)]
    public async Task Parts_of_several_blocks_are_those_of_the_whole(int cut)
    {
        Write(Big);
        var (whole, _, mark) = await ReadAsync(File);

        var parts = new List<string>();
        foreach (var range in new SourceRange[] { new(Row.Length, cut, 2), new(cut, Big, cut / Row.Length + 1) })
            parts.AddRange((await ReadAsync(File with { Expected = mark, Range = range })).Records);

        Assert.Equal(whole, parts);
    }

    [Theory]
    [InlineData(4_200_000)]
    [InlineData(5_000_000)]
    [InlineData(8_300_000)]
    public async Task A_byte_of_its_blocks_that_changed_is_an_error(int at)
    {
        Write(Big);
        var (_, _, mark) = await ReadAsync(File);
        using (var stream = System.IO.File.OpenWrite(File.Path))
        {
            stream.Position = at;
            stream.WriteByte((byte)'2');
        }

        var range = new SourceRange(5_000_000, 6_000_000, 5_001);
        var error = await Assert.ThrowsAsync<IOException>(
            () => ReadAsync(File with { Expected = mark, Range = range }));
        Assert.StartsWith("rows.csv was changed after it was validated", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(9_000_000)]
    [InlineData(11_000_000)]
    public async Task A_length_that_changed_is_an_error_of_the_last_part(int length)
    {
        Write(Big);
        var (_, _, mark) = await ReadAsync(File);
        Write(length);

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(
            File with { Expected = mark, Range = new SourceRange(9_500_000, Big, 9_501) }));
    }

    [Fact]
    public async Task A_part_of_JSON_is_refused() => await Assert.ThrowsAsync<ArgumentException>(() =>
        RecordSource.OpenAsync(
            File with { Expected = SourceMark.Of(0, []), Range = new SourceRange(0, 0, 1) },
            Rows with { Format = SourceFormat.Json },
            Token));

    private static IEnumerable<SourceRange> Cut(
        IReadOnlyList<(long Offset, long Line)> starts, int[] cuts, long length)
    {
        var places = cuts.Select(cut => cut % starts.Count).Append(0).Distinct().Order().ToList();
        for (var i = 0; i < places.Count; i++)
            yield return new(
                starts[places[i]].Offset,
                i + 1 < places.Count ? starts[places[i + 1]].Offset : length,
                starts[places[i]].Line);
    }

    private static async Task<(List<string> Records, List<(long Offset, long Line)> Starts, SourceMark? Mark)>
        ReadAsync(SourceFile file)
    {
        var (records, starts) = (new List<string>(), new List<(long, long)>());
        try
        {
            await using var reader = await RecordSource.OpenAsync(file, Rows, Token);
            while (await reader.ReadAsync(Token) is { } batch)
                using (batch)
                {
                    for (var row = 0; row < batch.Count; row++)
                    {
                        starts.Add((batch.OffsetOf(row), batch.LineOf(row)));
                        records.Add($"{starts[^1]}: " + string.Join('|', Enumerable.Range(0, batch.ColumnCount)
                            .Select(column => Encoding.UTF8.GetString(batch[row, column]))));
                    }
                }

            if (file.Range is not null) Assert.Equal(file.Expected, reader.Mark);
            return (records, starts, reader.Mark);
        }
        catch (ReadingException) when (file.Range is null)
        {
            return ([], [], null);
        }
    }

    private void Write(int length) => System.IO.File.WriteAllText(
        File.Path, string.Concat(Enumerable.Repeat(Row, length / Row.Length + 1))[..length]);
}
