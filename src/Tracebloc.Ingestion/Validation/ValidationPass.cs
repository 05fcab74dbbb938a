using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// The one pass over the rows that feeds all validators, or the passes over slices of them, which feed validators of
/// their own that are merged into these.
/// </summary>
/// <param name="header">The columns.</param>
/// <param name="validators">The validators.</param>
internal sealed class ValidationPass(RecordHeader header, IReadOnlyList<IRowValidator> validators)
{
    private readonly Findings _reading = new(ReadingFindings.Name);
    private readonly IReadOnlyList<(IRowValidator Validator, Findings Findings)> _pairs =
        [.. validators.Select(each => (each, new Findings(each.Name)))];

    private readonly List<ValidatedPart> _parts = [];
    private IReadOnlyList<FindingsCount> _ofHeader = [];
    private (long Offset, long Line) _first;

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The values so far that an escape character changed.</summary>
    public long EscapedCells { get; set; }

    /// <summary>The rows of the slices that were merged.</summary>
    public IReadOnlyList<ValidatedPart> Parts => _parts;

    /// <summary>The findings: those of reading first.</summary>
    public IReadOnlyList<Findings> Findings => [_reading, .. _pairs.Select(pair => pair.Findings)];

    /// <summary>The findings of one validator.</summary>
    public Findings Of(IRowValidator validator) => _pairs.First(pair => pair.Validator == validator).Findings;

    public void Begin()
    {
        foreach (var (validator, findings) in _pairs) validator.Begin(header, findings);
        _ofHeader = [.. _pairs.Select(pair => FindingsCount.Of(pair.Findings))];
    }

    public void Look(RecordBatch batch)
    {
        ReadingFindings.AddTo(_reading, header, batch);
        if (Rows == 0 && batch.Count > 0) _first = (batch.OffsetOf(0), batch.LineOf(0));
        Rows += batch.Count;
        foreach (var (validator, findings) in _pairs) validator.Look(batch, findings);
    }

    /// <summary>Everything about a slice that was read to its end. Faults of the header are none of a slice.</summary>
    public byte[] Save()
    {
        var to = new StateWriter();
        to.Write(Rows);
        to.Write(_first.Offset);
        to.Write(_first.Line);
        to.Write(EscapedCells);
        to.Write(_reading);
        foreach (var ((validator, findings), before) in _pairs.Zip(_ofHeader))
        {
            to.Write(findings, before);
            ((IMergeable)validator).Save(to);
        }

        return to.Bytes;
    }

    /// <summary>Takes over everything about the next slice, keys aside.</summary>
    /// <param name="from">The bytes of <see cref="Save"/>.</param>
    /// <param name="end">The bytes of the file before the records behind the slice.</param>
    /// <returns>False where the whole must be read by one pass.</returns>
    public bool TryMerge(StateReader from, long end)
    {
        var (rows, begin, line) = (from.Number(), from.Number(), from.Line());
        if (rows > 0) _parts.Add(new(Rows, rows, new(begin, end, line)));
        Rows += rows;
        EscapedCells += from.Number();
        from.AddTo(_reading);
        foreach (var (validator, findings) in _pairs)
        {
            from.AddTo(findings);
            if (!((IMergeable)validator).TryMerge(from)) return false;
        }

        return true;
    }

    public void End()
    {
        if (Rows == 0 && _reading.Total == 0)
            _reading.Add(new(header.File, 0, 0, null, "has no rows; add at least one"));
        if (EscapedCells > 0)
        {
            _reading.Note(
                $"csv_options.escapechar changed {EscapedCells:N0} {(EscapedCells == 1 ? "value" : "values")}: the "
                + "character behind it is taken literally; name another one where it is data");
        }

        foreach (var (validator, findings) in _pairs) validator.End(findings);
    }
}
