namespace Tracebloc.Ingestion.Reading;

/// <summary>The beginning of a part or a slice of a CSV file.</summary>
/// <param name="Header">The header of the file, which was read before; null where the part begins with it.</param>
/// <param name="Range">The part.</param>
internal sealed record CsvStart(RecordHeader? Header, SourceRange Range)
{
    /// <summary>The bytes of the file before the first record that is none of the slice; null for a part.</summary>
    public long? To { get; init; }

    /// <summary>The bytes of a record.</summary>
    public int LongestRecord { get; init; } = CsvReader.LongestRecord;
}
