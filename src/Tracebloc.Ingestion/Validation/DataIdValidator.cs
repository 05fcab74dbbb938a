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
internal sealed class DataIdValidator(string column, NullWords nulls, string scratch)
    : IMergeable, IKeyed, IDisposable
{
    private static readonly SqlType Stored = new(SqlBase.VarChar, 255);

    // Of more repeats, some lines are not found: enough are.
    private const int MostLocated = 10_000;

    private readonly HashSet<ulong> _repeated = [];
    private CellColumn? _column;

    /// <summary>A hash of each id.</summary>
    public KeySorter Keys { get; } = new(scratch);

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
                Keys.Add(KeyOf(output.Text));
            }
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is not { } ids) return;
        var (values, rows) = (0L, 0L);
        foreach (var run in Keys.Sorted().Where(run => run.Count > 1))
        {
            (values, rows) = (values + 1, rows + run.Count);
            if (_repeated.Count < MostLocated) _repeated.Add(run.Key);
        }

        if (values == 0) return;
        var shared = values == 1 ? "one id" : $"{values:N0} ids";
        findings.Add(ids.Describe($"{rows:N0} rows share {shared}; ids are unique, so remove the repeats"));
        findings.AddUnnamed(rows - values - 1);
    }

    /// <summary>Finds the lines of the first repeats. Reads nothing where there is none.</summary>
    /// <param name="open">Opens the rows once more.</param>
    /// <param name="findings">Takes them beside the number of all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LocateAsync(
        Func<CancellationToken, Task<RecordReader>> open, Findings findings, CancellationToken cancellationToken)
    {
        if (_repeated.Count == 0) return;
        await using var again = await open(cancellationToken);
        var lines = new Dictionary<ulong, long>();
        while (findings.First.Count < Findings.Kept && await again.ReadAsync(cancellationToken) is { } batch)
            using (batch) Locate(batch, lines, findings);
    }

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();

    private void Locate(RecordBatch batch, Dictionary<ulong, long> lines, Findings findings)
    {
        if (_column is not { } ids) return;
        var output = ids.NewOutput();
        for (var row = 0; row < batch.Count && findings.First.Count < Findings.Kept; row++)
        {
            if (ids.Reader.Read(batch.CellAt(row, ids.Place), ref output) != CellVerdict.Value) continue;
            var key = KeyOf(output.Text);
            if (_repeated.Contains(key) && !lines.TryAdd(key, batch.LineOf(row)))
                findings.Keep(ids.Describe(batch, row, $"repeats the id of line {lines[key]}"));
        }
    }

    private static ulong KeyOf(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
