using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed class RecordSourceTests : IDisposable
{
    private static readonly string Row = new string('1', 999) + "\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("record-source-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_pass_sees_the_same_bytes()
    {
        var file = Write(10_000_000);
        var mark = await ReadAsync(file);

        Assert.Equal(mark, await ReadAsync(file with { Expected = mark }));
        Assert.Equal((10_000_000, 3), (mark?.Length, mark?.Blocks.Count));
        Assert.InRange($"{mark}".Length, 64, 84);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5_000_000)]
    [InlineData(9_999_998)]
    public async Task A_byte_that_changed_between_passes_is_an_error(int at)
    {
        var file = Write(10_000_000);
        var mark = await ReadAsync(file);
        using (var stream = File.OpenWrite(file.Path))
        {
            stream.Position = at;
            stream.WriteByte((byte)'2');
        }

        var error = await Assert.ThrowsAsync<IOException>(() => ReadAsync(file with { Expected = mark }));
        Assert.Equal(
            "rows.csv was changed after it was validated; leave it as it is until it is loaded, and start again",
            error.Message);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5_000_000)]
    [InlineData(20_000_000)]
    public async Task A_length_that_changed_between_passes_is_an_error(int length)
    {
        var file = Write(10_000_000);
        var mark = await ReadAsync(file);
        Write(length);

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(file with { Expected = mark }));
    }

    [Fact]
    public async Task A_missing_file_is_explained()
    {
        var file = new SourceFile(Path.Combine(_folder.FullName, "none.csv"), "none.csv");

        var error = await Assert.ThrowsAsync<ReadingException>(() => ReadAsync(file));
        Assert.Equal("none.csv: does not exist; check the path and that it is mounted", error.Message);
    }

    [Fact]
    public async Task A_folder_is_no_source()
    {
        var error = await Assert.ThrowsAsync<ReadingException>(
            () => ReadAsync(new SourceFile(_folder.FullName, "data")));

        Assert.Equal("data: is a directory; name the file in it", error.Message);
    }

    private static async Task<SourceMark?> ReadAsync(SourceFile file)
    {
        var specification = new IngestSpecification
        {
            Category = "tabular_classification",
            Table = "t",
            Intent = Intent.Train,
            Source = file.Name,
            Format = SourceFormat.Csv,
        };
        await using var reader = await RecordSource.OpenAsync(file, specification, Token);
        while (await reader.ReadAsync(Token) is { } batch) batch.Dispose();
        return reader.Mark;
    }

    private SourceFile Write(int bytes)
    {
        var file = new SourceFile(Path.Combine(_folder.FullName, "rows.csv"), "rows.csv");
        File.WriteAllText(file.Path, $"a\n\n{string.Concat(Enumerable.Repeat(Row, bytes / Row.Length + 1))}"[..bytes]);
        return file;
    }
}
