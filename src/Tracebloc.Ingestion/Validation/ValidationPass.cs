using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The one pass over the rows that feeds all validators.</summary>
/// <param name="records">The rows.</param>
/// <param name="validators">The validators.</param>
internal sealed class ValidationPass(RecordReader records, IReadOnlyList<IRowValidator> validators)
{
    private readonly Findings _reading = new(ReadingFindings.Name);
    private readonly IReadOnlyList<(IRowValidator Validator, Findings Findings)> _pairs =
        [.. validators.Select(each => (each, new Findings(each.Name)))];

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The findings: those of reading first.</summary>
    public IReadOnlyList<Findings> Findings => [_reading, .. _pairs.Select(pair => pair.Findings)];

    /// <summary>The findings of one validator.</summary>
    public Findings Of(IRowValidator validator) => _pairs.First(pair => pair.Validator == validator).Findings;

    public void Begin()
    {
        foreach (var (validator, findings) in _pairs) validator.Begin(records.Header, findings);
    }

    public void Look(RecordBatch batch)
    {
        ReadingFindings.AddTo(_reading, records.Header, batch);
        Rows += batch.Count;
        foreach (var (validator, findings) in _pairs) validator.Look(batch, findings);
    }

    public void End()
    {
        if (Rows == 0 && _reading.Total == 0)
            _reading.Add(new(records.Header.File, 0, 0, null, "has no rows; add at least one"));
        if (records.EscapedCells is > 0 and var escaped)
        {
            _reading.Note($"csv_options.escapechar changed {escaped:N0} {(escaped == 1 ? "value" : "values")}: the "
                + "character behind it is taken literally; name another one where it is data");
        }

        foreach (var (validator, findings) in _pairs) validator.End(findings);
    }
}
