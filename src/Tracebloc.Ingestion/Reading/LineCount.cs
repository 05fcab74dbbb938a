using TextReader = Tracebloc.Ingestion.Columns.TextReader;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Counts lines and characters for messages. A line ends with LF, CRLF or CR.</summary>
internal static class LineCount
{
    /// <summary>The place behind some text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="line">The line at its beginning.</param>
    public static CellPlace PlaceAfter(ReadOnlySpan<byte> text, long line) =>
        new(line + PassEnds(ref text), TextReader.CodePoints(text) + 1);

    /// <summary>The line ends in some text.</summary>
    public static int EndsIn(ReadOnlySpan<byte> text) => PassEnds(ref text);

    // Leaves the text behind the last line end.
    private static int PassEnds(ref ReadOnlySpan<byte> text)
    {
        var ends = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end)
        {
            ends++;
            text = text[(end + (text[end..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1))..];
        }

        return ends;
    }
}
