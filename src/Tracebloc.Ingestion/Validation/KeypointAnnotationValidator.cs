using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row has the configured keypoints, each with a point.</summary>
internal sealed class KeypointAnnotationValidator(string column, int? expected) : IRowValidator
{
    private readonly KeypointCell _cell = new();
    private readonly KeypointCell _first = new();
    private FoundColumn? _column;
    private long _firstLine;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.KeypointAnnotation);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) =>
        _column = FoundColumn.Require(header, column, "the keypoints of each row as JSON", findings);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } keypoints) return;
        for (var row = 0; row < batch.Count; row++)
            if (Fault(batch, row, keypoints.Place) is { } fault) keypoints.Add(findings, batch, row, fault);
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }

    private string? Fault(RecordBatch batch, int row, int place)
    {
        var text = batch[row, place];
        if (_cell.ReadPoints(text) is { } fault) return fault;
        if (_cell.Count != expected)
            return $"has {_cell.Count} keypoints, not {expected}; correct it, or set number_of_keypoints";
        if (_firstLine == 0)
        {
            _first.ReadPoints(text);
            _firstLine = batch.LineOf(row);
        }

        return !_cell.HasNamesOf(_first) ? $"has other names than line {_firstLine}; use the same in every row"
            : IsDegenerate() ? "has all keypoints on one line across or down; correct the points"
            : null;
    }

    private bool IsDegenerate() => _cell.Count > 1
        && (_cell.Points.All(point => point.X == _cell.Points[0].X)
            || _cell.Points.All(point => point.Y == _cell.Points[0].Y));
}
