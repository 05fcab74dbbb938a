using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// Guesses the first beginning of a record in a slice: behind a line end, which may be one within quotes. Of several
/// places it takes the first one from which on records have as many cells as the header.
/// </summary>
internal sealed class SliceStart(CsvOptions options, int columns)
{
    private const int ProbeBytes = 64 << 10, MostPlaces = 32, Records = 8;

    private readonly CsvDialect _dialect = new(options);

    /// <summary>Looks at some bytes.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="from">The bytes of the file before the slice, at least 1.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The bytes before the record; null where the looked at bytes have no line end.</returns>
    public async Task<long?> FindAsync(Stream stream, long from, CancellationToken cancellationToken)
    {
        // The record before may end with the byte before the slice.
        stream.Position = --from;
        var text = new byte[ProbeBytes];
        var length = await stream.ReadAtLeastAsync(text, ProbeBytes, throwOnEndOfStream: false, cancellationToken);
        var isEnd = length < ProbeBytes;
        var places = Places(text.AsSpan(0, length), isEnd);
        if (places.Count == 0) return isEnd ? from + length : null;
        var fit = places.FindIndex(place => HasRecords(text.AsSpan(place, length - place)));
        return from + places[Math.Max(fit, 0)];
    }

    private static List<int> Places(ReadOnlySpan<byte> text, bool isEnd)
    {
        var places = new List<int>();
        for (var at = 0; places.Count < MostPlaces;)
        {
            if (text[at..].IndexOfAny((byte)'\n', (byte)'\r') is not (>= 0 and var end)) break;
            at += end + 1;
            if (text[at - 1] == '\r')
            {
                if (at == text.Length && !isEnd) break;
                if (at < text.Length && text[at] == '\n') at++;
            }

            places.Add(at);
        }

        return places;
    }

    private bool HasRecords(ReadOnlySpan<byte> text)
    {
        // The scanner writes cells anew in their place.
        var batch = new RecordBatch { Text = new byte[text.Length + CsvDialect.BlockBytes] };
        text.CopyTo(batch.Text);
        var scanner = new CsvScanner(_dialect) { MostCells = columns + 1 };
        scanner.Begin(batch, 0, text.Length, isLast: false);
        for (var record = 0; record < Records; record++)
        {
            var first = scanner.CellCount;
            if (!scanner.TryScan()) return record > 0;
            var count = scanner.CellCount - first;
            var isBlank = count == 1 && Blanks.Trim(batch.Text.AsSpan(scanner.Cells[first].Start,
                scanner.Cells[first].Bytes)).IsEmpty;
            if (scanner.StrayText >= 0 || (count != columns && !isBlank)) return false;
        }

        return true;
    }
}
