using System.Text;
using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Loading;

namespace Tracebloc.Ingestor.Tests.Loading;

/// <summary>A source of text, and the encoder of its rows.</summary>
internal sealed class LoadingScene : IAsyncDisposable
{
    private static readonly byte[] Salt = new byte[32];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loading");
    private RowIds? _ids;

    public static IngestSpecification Houses { get; } = new()
    {
        Category = "tabular_regression",
        Table = "houses",
        Intent = Intent.Train,
        Source = "houses.csv",
        Format = SourceFormat.Csv,
        Label = new("price", LabelPolicy.Passthrough, null),
        Schema =
        [
            new("rooms", new(SqlBase.Int)), new("street", new(SqlBase.VarChar, 80)), new("sold", new(SqlBase.Date)),
            new("price", new(SqlBase.Double)),
        ],
    };

    public async Task<(RecordReader Reader, RowEncoder Encoder)> OpenAsync(
        IngestSpecification specification, string source, CancellationToken token)
    {
        var path = Path.Combine(_folder.FullName, specification.Source);
        await File.WriteAllTextAsync(path, source, token);
        var reader = await RecordSource.OpenAsync(new SourceFile(path, specification.Source), specification, token);
        var rows = new RowSource(specification, reader.Header, new Dictionary<string, DateOrder>());
        _ids = new RowIds("job-1", Salt);
        return (reader, new RowEncoder(specification, reader.Header, rows, _ids));
    }

    /// <summary>All rows as LOAD DATA would read them.</summary>
    public async Task<string> EncodeAsync(IngestSpecification specification, string source, CancellationToken token)
    {
        var (reader, encoder) = await OpenAsync(specification, source, token);
        await using (reader)
        {
            var (chunk, first) = (new ChunkBuilder(), 100L);
            while (await reader.ReadAsync(token) is { } batch)
                using (batch)
                {
                    Assert.Equal(batch.Count, encoder.Encode(batch, 0, first, chunk));
                    first += batch.Count;
                }

            using var rows = chunk.Take();
            return Encoding.UTF8.GetString(rows.Bytes.Span);
        }
    }

    public ValueTask DisposeAsync()
    {
        _ids?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
