namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// Bytes of a CSV file, cut anywhere. Its records are those that begin in it, whole: they follow the last record of the
/// slice before.
/// </summary>
/// <param name="From">The bytes of the file before it.</param>
/// <param name="To">The bytes of the file before the next slice; <see cref="long.MaxValue"/> for the last one.</param>
/// <param name="IsExact">True where a record begins at its first byte; else the first beginning is guessed.</param>
public sealed record SourceSlice(long From, long To, bool IsExact)
{
    /// <summary>Cuts a file into slices of about equal length.</summary>
    /// <param name="length">The bytes of the file.</param>
    /// <param name="most">The most slices; fewer where there are fewer bytes.</param>
    public static IReadOnlyList<SourceSlice> Cut(long length, int most)
    {
        var count = (int)Math.Clamp(length, 1, Math.Max(1, most));
        return
        [
            .. Enumerable.Range(0, count).Select(number => new SourceSlice(
                length * number / count,
                number == count - 1 ? long.MaxValue : length * (number + 1) / count,
                number == 0)),
        ];
    }
}
