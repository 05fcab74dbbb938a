using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that all rows of a sequence have one label.</summary>
internal sealed class SequenceLabelValidator(SequenceRows rows, Column label, NullWords nulls) : IRowValidator
{
    private const int Missing = -2, None = -1;

    private readonly SequenceTable _classes = new();
    private readonly List<int> _labels = [];
    private CellColumn? _column;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.SequenceLabel);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) => _column = new TypedColumn(label, nulls).In(header);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } labels) return;
        var output = labels.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            var verdict = labels.Reader.Read(batch.CellAt(row, labels.Place), ref output);
            if (verdict == CellVerdict.Fault || rows.Of(batch, row) is not (>= 0 and var sequence)) continue;
            var own = verdict == CellVerdict.Null ? Missing : _classes.IndexOf(output.Text);
            while (_labels.Count <= sequence) _labels.Add(None);
            if (_labels[sequence] == None) _labels[sequence] = own;
            else if (_labels[sequence] != own)
                labels.Add(findings, batch, row, "differs from the label of its sequence; give all its rows one label");
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }
}
