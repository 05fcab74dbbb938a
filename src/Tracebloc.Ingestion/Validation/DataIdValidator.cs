using System.Buffers.Binary;
using System.Security.Cryptography;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that the column of the rows' ids has a value in every row, and none of them twice.</summary>
/// <param name="column">The column; its values are stored with at most 255 characters.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
/// <param name="scratch">The folder of the scratch file.</param>
internal sealed class DataIdValidator(string column, NullWords nulls, string scratch) : IRowValidator, IDisposable
{
    private static readonly SqlType Stored = new(SqlBase.VarChar, 255);

    private readonly KeySorter _hashes = new(scratch);
    private CellColumn? _column;

    /// <inheritdoc/>
    public string Name => "DataId";

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) =>
        _column = new TypedColumn(new(column, Stored), nulls).Require(header, findings);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } ids) return;
        var output = ids.NewOutput();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var row = 0; row < batch.Count; row++)
        {
            var verdict = ids.Reader.Read(batch.CellAt(row, ids.Place), ref output);
            if (verdict == CellVerdict.Null)
            {
                ids.Add(findings, batch, row, "is empty; give each row its id, or remove data_id");
            }
            else if (verdict == CellVerdict.Fault)
            {
                ids.Add(findings, batch, row, output.Fault);
            }
            else
            {
                SHA256.HashData(output.Text, hash);
                _hashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(hash));
            }
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is not { } ids) return;
        var (values, rows) = (0L, 0L);
        foreach (var run in _hashes.Sorted())
            if (run.Count > 1) (values, rows) = (values + 1, rows + run.Count);
        if (values > 0)
            findings.Add(ids.Describe($"{rows:N0} rows share {values:N0} ids; ids are unique, so remove the repeats"));
    }

    /// <inheritdoc/>
    public void Dispose() => _hashes.Dispose();
}
