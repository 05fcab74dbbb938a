using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Finds bytes that are no text: NUL, and anything but UTF-8.</summary>
internal static class EncodingCheck
{
    /// <summary>Takes the rows out of a batch whose bytes are no text, and adds a fault for each.</summary>
    /// <param name="batch">Its rows lie in its text in their order.</param>
    /// <param name="end">The end of the last row in the text.</param>
    /// <param name="keptFaults">The faults that are described.</param>
    public static void DropFaulty(RecordBatch batch, int end, int keptFaults)
    {
        if (batch.Count == 0 || IsText(batch.Text.AsSpan(batch.Rows[0].Start..end))) return;
        var kept = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var mark = batch.Rows[row];
            var next = row + 1 < batch.Count ? batch.Rows[row + 1].Start : end;
            if (FaultIn(batch.Text.AsSpan(mark.Start..next), mark.Line, mark.Offset) is { } fault)
            {
                batch.Add(fault, keptFaults);
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
}
