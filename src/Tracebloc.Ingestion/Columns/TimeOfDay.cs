namespace Tracebloc.Ingestion.Columns;

/// <summary>A time of day in a text: <c>10:30</c>, <c>10:30:00.5</c>, <c>3:45 PM</c>, perhaps with an offset.</summary>
/// <param name="Ticks">Since midnight, whole microseconds.</param>
/// <param name="OffsetMinutes">East of UTC; null where the text has no zone.</param>
/// <param name="IsPlain">True for <c>HH:MM:SS</c> with at most six digits more, as the database writes it.</param>
internal readonly record struct TimeOfDay(long Ticks, int? OffsetMinutes, bool IsPlain)
{
    private const int MicrosecondDigits = 6;

    /// <summary>Reads a time of day up to the end of the text.</summary>
    public static CellFault Parse(ref DateScanner text, out TimeOfDay time)
    {
        time = default;
        var fault = Clock(ref text, out var hours, out var ticks, out var isPlain);
        if (fault != CellFault.None) return fault;
        if (!text.IsAtEnd) isPlain = false;
        text.SkipBlanks();
        var afternoon = text.TakesWord("pm"u8);
        if (afternoon || text.TakesWord("am"u8))
        {
            if (hours is < 1 or > 12) return CellFault.NoSuchTime;
            hours = hours % 12 + (afternoon ? 12 : 0);
            text.SkipBlanks();
        }

        int? offset = null;
        if (!text.IsAtEnd && !TryOffset(ref text, out offset)) return CellFault.NotOfType;
        if (hours > 23) return CellFault.NoSuchTime;
        time = new(hours * TimeSpan.TicksPerHour + ticks, offset, isPlain);
        return CellFault.None;
    }

    /// <summary>Reads hours, minutes, and seconds where there are any; no limit for the hours.</summary>
    public static CellFault Clock(ref DateScanner text, out int hours, out long ticks, out bool isPlain)
    {
        (ticks, isPlain) = (0, false);
        var digits = text.Number(out hours);
        if (digits is < 1 or > 3 || !text.Takes(':') || text.Number(out var minutes) != 2) return CellFault.NotOfType;
        var seconds = 0;
        if (text.Takes(':'))
        {
            if (text.Number(out seconds) != 2) return CellFault.NotOfType;
            isPlain = digits == 2 || hours > 99;
            if (text.Takes('.') && !TryFraction(ref text, ref ticks, ref isPlain)) return CellFault.NotOfType;
        }

        ticks += minutes * TimeSpan.TicksPerMinute + seconds * TimeSpan.TicksPerSecond;
        return minutes > 59 || seconds > 59 ? CellFault.NoSuchTime : CellFault.None;
    }

    // The database has microseconds; what pandas adds, nanoseconds, ends here.
    private static bool TryFraction(ref DateScanner text, ref long ticks, ref bool isPlain)
    {
        var digits = 0;
        long unit = TimeSpan.TicksPerSecond;
        while (!text.IsAtEnd && (uint)(text.Rest[0] - '0') <= 9)
        {
            unit /= 10;
            if (digits < MicrosecondDigits) ticks += (text.Rest[0] - '0') * unit;
            text.Takes((char)text.Rest[0]);
            digits++;
        }

        isPlain &= digits <= MicrosecondDigits;
        return digits > 0;
    }

    private static bool TryOffset(ref DateScanner text, out int? minutes)
    {
        minutes = 0;
        if (text.TakesWord("z"u8) || text.TakesWord("utc"u8)) return text.IsAtEnd;
        var west = text.Takes('-');
        if (!west && !text.Takes('+')) return false;
        var digits = text.Number(out var hours);
        var rest = 0;
        if (digits == 4) (hours, rest) = (hours / 100, hours % 100);
        else if (digits != 2 || (text.Takes(':') && text.Number(out rest) != 2)) return false;
        minutes = (west ? -1 : 1) * (hours * 60 + rest);
        return text.IsAtEnd && hours <= 15 && rest <= 59;
    }
}
