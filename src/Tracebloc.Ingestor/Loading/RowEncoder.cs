using System.Text;
using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestor.Loading;

/// <summary>
/// Encodes the rows of a source for a table. The values pass through the readers that validated them. Not for two
/// threads.
/// </summary>
internal sealed class RowEncoder
{
    private readonly IngestSpecification _specification;
    private readonly RecordHeader _header;
    private readonly RowSource _source;
    private readonly SourceColumn[] _columns;
    private readonly RowIds _ids;
    private readonly bool _hashes;

    public RowEncoder(IngestSpecification specification, RecordHeader header, RowSource source, RowIds ids)
    {
        (_specification, _header, _source, _ids) = (specification, header, source, ids);
        _columns = [.. source.Columns];
        _hashes = specification.DataId.Strategy == DataIdStrategy.ContentHash;
    }

    /// <summary>The table and its columns, in the order of the encoded fields.</summary>
    /// <param name="ingestorId">The id of the run in its rows.</param>
    public LoadTarget Target(string ingestorId)
    {
        var files = _source.FileIndex >= 0;
        string[] columns = ["id", .. _columns.Select(one => one.Name), .. files ? ["filename"] : NoColumns];
        List<KeyValuePair<string, string?>> constants =
        [
            new("data_intent", _specification.Intent == Intent.Train ? "train" : "test"),
            new("ingestor_id", ingestorId),
        ];
        if (files) constants.Add(new("extension", _specification.Files.Extension));
        return new LoadTarget(_specification.Table, [.. columns, "data_id"], constants);
    }

    /// <summary>Encodes the rows of a batch from one on, until the chunk is full.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">The first, counted from 0.</param>
    /// <param name="firstId">The id of the batch's first row.</param>
    /// <param name="chunk">Takes the rows.</param>
    /// <returns>The first row that was not encoded.</returns>
    /// <exception cref="IngestorException">A row is not as it was when it was validated.</exception>
    public int Encode(RecordBatch batch, int row, long firstId, ChunkBuilder chunk)
    {
        var output = new CellOutput(stackalloc byte[CellOutput.ScratchBytes]);
        for (; row < batch.Count && !chunk.IsFull; row++)
        {
            chunk.Add(firstId + row);
            foreach (var column in _columns)
                AddValue(batch, row, column, ref output, chunk);
            if (_source.FileIndex >= 0)
                Add(Stem(batch, row), chunk);
            chunk.Add(IdOf(batch, row));
            chunk.EndRow(batch.LineOf(row));
        }

        return row;
    }

    private static string[] NoColumns => [];

    private void AddValue(
        RecordBatch batch, int row, SourceColumn column, ref CellOutput output, ChunkBuilder chunk)
    {
        var cell = column.Index < 0 ? default : batch.CellAt(row, column.Index);
        var verdict = column.Index < 0 ? CellVerdict.Null : column.Reader.Read(cell, ref output);
        if (verdict == CellVerdict.Fault)
            throw Changed(batch, row, $"{column.Name}: {column.Reader.Explain(cell, output.Fault)}");
        if (verdict == CellVerdict.Value)
        {
            Add(output.Text, chunk);
            return;
        }

        chunk.AddNull();
        if (_hashes) _ids.Add([], isNull: true);
    }

    private void Add(ReadOnlySpan<byte> value, ChunkBuilder chunk)
    {
        chunk.Add(value);
        if (_hashes) _ids.Add(value);
    }

    private ReadOnlySpan<byte> IdOf(RecordBatch batch, int row)
    {
        if (_hashes) return _ids.ContentHash();
        if (_source.IdIndex < 0) return _ids.Uuid(batch.OffsetOf(row));
        var id = Blanks.Trim(batch[row, _source.IdIndex]);
        return id.IsEmpty ? throw Changed(batch, row, $"{_specification.DataId.Column}: the row has no id") : id;
    }

    private byte[] Stem(RecordBatch batch, int row)
    {
        var text = Encoding.UTF8.GetString(batch[row, _source.FileIndex]);
        return ManifestName.TryParse(text, _specification.Files.Extension ?? "", out var name, out var error)
            ? Encoding.UTF8.GetBytes(name.Stem) : throw Changed(batch, row, $"filename: {error}");
    }

    private IngestorException Changed(RecordBatch batch, int row, string fault) => new(
        IngestorExit.Failed,
        $"{_header.File}:{batch.LineOf(row)}: {fault}; the file was valid before: do not change it during a run");
}
