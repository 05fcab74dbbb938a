using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row has the configured keypoints, each with a point.</summary>
internal sealed class KeypointAnnotationValidator(string column, int? expected) : IRowValidator
{
    private readonly KeypointCell _cell = new();
    private readonly KeypointCell _first = new();
    private string _file = "";
    private int _column = -1;
    private long _firstLine;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.KeypointAnnotation);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        _file = header.File;
        _column = FilesHeader.Require(header, column, "the keypoints of each row as JSON", findings);
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column < 0) return;
        for (var row = 0; row < batch.Count; row++)
        {
            if (Fault(batch, row) is not { } fault || !findings.Count()) continue;
            var place = batch.PlaceOf(row, _column);
            findings.Keep(new(_file, place.Line, place.Column, column, fault));
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }

    private string? Fault(RecordBatch batch, int row)
    {
        var text = batch[row, _column];
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
