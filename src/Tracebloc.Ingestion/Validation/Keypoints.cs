namespace Tracebloc.Ingestion.Validation;

/// <summary>The keypoints of a row.</summary>
public static class Keypoints
{
    /// <summary>The number of keypoints in a cell; null where it holds none.</summary>
    /// <param name="cell">The JSON of the annotation's column, in UTF-8.</param>
    public static int? CountOf(ReadOnlySpan<byte> cell)
    {
        var read = new KeypointCell();
        return read.ReadPoints(cell) is null && read.Count > 0 ? read.Count : null;
    }
}
