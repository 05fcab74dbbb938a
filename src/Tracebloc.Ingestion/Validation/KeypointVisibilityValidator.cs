using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row has a visibility of 0 or 1 for each of its keypoints.</summary>
internal sealed class KeypointVisibilityValidator(string column, string annotation) : IRowValidator
{
    private readonly KeypointCell _flags = new();
    private readonly KeypointCell _points = new();
    private FoundColumn? _column;
    private int _annotation = -1;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.KeypointVisibility);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        _column = FoundColumn.Require(header, column, "0 or 1 for the keypoints of each row as JSON", findings);
        _annotation = header.IndexOf(annotation);
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } flags) return;
        for (var row = 0; row < batch.Count; row++)
        {
            var fault = _flags.ReadFlags(batch[row, flags.Place]);
            // The annotation's own faults are those of its own validator.
            if (fault is null && _annotation >= 0 && _points.ReadPoints(batch[row, _annotation]) is null
                && !_flags.HasNamesOf(_points))
            {
                fault = $"has other names than {annotation}; use the same";
            }

            if (fault is not null) flags.Add(findings, batch, row, fault);
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }
}
