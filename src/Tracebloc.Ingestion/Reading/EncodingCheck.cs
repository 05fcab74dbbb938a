using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Finds bytes that are no text: NUL, and anything but UTF-8.</summary>
internal static class EncodingCheck
{
    /// <summary>Takes the rows out of a batch whose bytes are no text, and adds a fault for each.</summary>
    /// <param name="batch">Its rows lie in its text in their order.</param>
    public static void DropFaulty(RecordBatch batch)
    {
        if (batch.Count == 0 || IsText(batch.Text.AsSpan(batch.Rows[0].Start..EndOf(batch, batch.Count - 1)))) return;
        var kept = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var mark = batch.Rows[row];
            if (FaultIn(batch.Text.AsSpan(mark.Start..EndOf(batch, row)), mark.Line, mark.Offset) is { } fault)
            {
                batch.Add(fault);
                continue;
            }

            batch.Rows[kept] = mark;
            Array.Copy(
                batch.Cells, row * batch.ColumnCount, batch.Cells, kept++ * batch.ColumnCount, batch.ColumnCount);
        }

        batch.Count = kept;
    }

    /// <summary>The first fault of a record's bytes; null for none.</summary>
    /// <param name="record">The bytes.</param>
    /// <param name="line">The line at their beginning.</param>
    /// <param name="offset">The bytes of the file before them.</param>
    public static ReadingFault? FaultIn(ReadOnlySpan<byte> record, long line, long offset)
    {
        if (IsText(record)) return null;
        var at = 0;
        while (record[at] != 0 && Rune.DecodeFromUtf8(record[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        var place = LineCount.PlaceAfter(record[..at], line);
        var message = record[at] == 0
            ? "contains a NUL byte; save the file as UTF-8"
            : $"byte 0x{record[at]:X2} is no UTF-8, perhaps Windows-1252; save the file as UTF-8";
        return new(place.Line, place.Column, offset + at, message);
    }

    public static bool IsText(ReadOnlySpan<byte> text) => !text.Contains((byte)0) && Utf8.IsValid(text);

    // Between this row and the next, records may lie that are none of the batch.
    private static int EndOf(RecordBatch batch, int row)
    {
        var last = batch.Cells[(row + 1) * batch.ColumnCount - 1];
        return last.Start + last.Bytes;
    }
}
