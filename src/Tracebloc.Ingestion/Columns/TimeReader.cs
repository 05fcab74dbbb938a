using System.Globalization;
using System.Text.Unicode;

namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads times of day, and spans up to <c>838:59:59</c> as the database holds them.</summary>
internal sealed class TimeReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    private static readonly long MostTicks = new TimeSpan(838, 59, 59).Ticks;

    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        var negative = text[0] == '-';
        var scanner = new DateScanner(negative ? text[1..] : text);
        var fault = TimeOfDay.Clock(ref scanner, out var hours, out var ticks, out var isPlain);
        if (fault != CellFault.None) return fault;
        if (!scanner.IsAtEnd)
        {
            scanner = new DateScanner(text);
            fault = TimeOfDay.Parse(ref scanner, out var time);
            if (fault != CellFault.None) return fault;
            if (time.OffsetMinutes is not null) return CellFault.NotOfType;
            hours = (int)(time.Ticks / TimeSpan.TicksPerHour);
            (ticks, isPlain) = (time.Ticks % TimeSpan.TicksPerHour, false);
        }

        if (hours * TimeSpan.TicksPerHour + ticks > MostTicks) return CellFault.OutOfRange;
        if (isPlain) output.Text = text;
        else Write(negative, hours, ticks, ref output);
        return CellFault.None;
    }

    private static void Write(bool negative, int hours, long ticks, ref CellOutput output)
    {
        var span = new TimeSpan(ticks);
        var fraction = span.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        Utf8.TryWrite(
            output.Scratch,
            CultureInfo.InvariantCulture,
            $"{(negative ? "-" : "")}{hours:00}:{span.Minutes:00}:{span.Seconds:00}",
            out var length);
        if (fraction > 0)
        {
            Utf8.TryWrite(output.Scratch[length..], CultureInfo.InvariantCulture, $".{fraction:000000}", out var more);
            length += more;
        }

        output.TakeScratch(length);
    }
}
