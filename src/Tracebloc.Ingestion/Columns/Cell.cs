namespace Tracebloc.Ingestion.Columns;

/// <summary>A cell as its file holds it.</summary>
/// <param name="text">Its bytes in UTF-8, without quotes and escapes, untrimmed.</param>
/// <param name="wasQuoted">True where it stood in quotes.</param>
public readonly ref struct Cell(ReadOnlySpan<byte> text, bool wasQuoted = false)
{
    /// <summary>The bytes in UTF-8, without quotes and escapes, untrimmed.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>True where the cell stood in quotes.</summary>
    public bool WasQuoted { get; } = wasQuoted;
}
