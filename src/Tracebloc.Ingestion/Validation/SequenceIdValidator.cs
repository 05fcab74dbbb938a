using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row belongs to a sequence, and counts the rows of each.</summary>
internal sealed class SequenceIdValidator(SequenceRows rows) : IRowValidator
{
    private readonly List<int> _counts = [];
    private bool _isFull;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.SequenceId);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) => rows.Begin(header);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (rows.Column is not { } ids) return;
        for (var row = 0; row < batch.Count; row++)
        {
            var sequence = rows.Of(batch, row);
            if (sequence == _counts.Count) _counts.Add(0);
            if (sequence >= 0) _counts[sequence]++;
            else AddMissing(ids, batch, row, findings);
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_counts.Count > 0)
            findings.Note($"{_counts.Count:N0} sequences of {_counts.Min():N0} to {_counts.Max():N0} rows");
    }

    private void AddMissing(CellColumn ids, RecordBatch batch, int row, Findings findings)
    {
        var output = ids.NewOutput();
        var verdict = ids.Reader.Read(batch.CellAt(row, ids.Place), ref output);
        if (verdict == CellVerdict.Null)
        {
            ids.Add(findings, batch, row, "is empty; give each row the id of its sequence");
        }
        else if (verdict == CellVerdict.Value && !_isFull)
        {
            // Once is enough: every later row of a new sequence is beyond the limit too.
            _isFull = true;
            ids.Add(findings, batch, row, $"is sequence {rows.Count + 1:N0}; split the data set at {rows.Count:N0}");
        }
    }
}
