namespace Tracebloc.Ingestion.Columns;

/// <summary>
/// A day in a text, with or without a time: <c>2024-12-31</c>, <c>31.12.2024 10:30</c>, <c>Dec 31, 2024</c>.
/// </summary>
/// <param name="Year">1000 to 9999, as the database holds them.</param>
/// <param name="First">The month, or the first of two numbers whose order is not known.</param>
/// <param name="Second">The day, or the second of them.</param>
/// <param name="IsOrdered">True where the text itself tells day and month apart.</param>
/// <param name="IsPlain">True for <c>YYYY-MM-DD</c>, as the database writes it.</param>
internal readonly record struct DateText(int Year, int First, int Second, bool IsOrdered, bool IsPlain)
{
    private const int FirstYear = 1000;

    /// <summary>The first moment that the database holds, in ticks.</summary>
    public static long FirstTicks { get; } = new DateTime(FirstYear, 1, 1).Ticks;

    /// <summary>The time of day; null where the text has none.</summary>
    public TimeOfDay? Time { get; init; }

    /// <summary>Recognises the form of the database fast.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="date">The day and its time.</param>
    /// <returns>False for any other form, and for a faulty date.</returns>
    public static bool TryPlain(ReadOnlySpan<byte> text, out DateText date)
    {
        date = default;
        if (text.Length is not (10 or 19) || text[4] != '-' || text[7] != '-') return false;
        var year = Two(text, 0) * 100 + Two(text, 2);
        var (month, day) = (Two(text, 5), Two(text, 8));
        if (year is < FirstYear or > 9999 || month is < 1 or > 12 || day is < 1 or > 31) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        date = new(year, month, day, IsOrdered: true, IsPlain: true);
        if (text.Length == 10) return true;
        if (text[10] != ' ' || text[13] != ':' || text[16] != ':') return false;
        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        date = date with { Time = new((hour * 3600L + minute * 60 + second) * TimeSpan.TicksPerSecond, null, true) };
        return hour <= 23 && minute <= 59 && second <= 59;
    }

    /// <summary>The orders that give a day of the calendar.</summary>
    public DateOrder Orders => IsOrdered
        ? IsDay(First, Second) ? DateOrder.Unknown : DateOrder.None
        : (IsDay(First, Second) ? DateOrder.MonthFirst : 0) | (IsDay(Second, First) ? DateOrder.DayFirst : 0);

    /// <summary>True where the two orders give two days.</summary>
    public bool IsAmbiguous => !IsOrdered && First != Second && Orders == DateOrder.Unknown;

    public static CellFault Parse(ReadOnlySpan<byte> text, out DateText date)
    {
        var scanner = new DateScanner(text);
        if (!TryDay(ref scanner, out date)) return CellFault.NotOfType;
        if (date.Year < FirstYear) return CellFault.OutOfRange;
        if (scanner.IsAtEnd) return CellFault.None;
        var isPlain = date.IsPlain && scanner.Rest[0] == ' ';
        if (!scanner.Takes(' ') && !scanner.Takes('T')) return CellFault.NotOfType;
        if (!isPlain) scanner.SkipBlanks();
        var fault = TimeOfDay.Parse(ref scanner, out var time);
        date = date with { Time = time, IsPlain = isPlain && time.IsPlain };
        return fault;
    }

    /// <summary>The moment in one of the orders that fit; an offset is taken off, so that it is UTC.</summary>
    /// <returns>Ticks, with an offset perhaps beyond the years of the database.</returns>
    public long Ticks(DateOrder order)
    {
        var (month, day) = IsOrdered || order == DateOrder.MonthFirst ? (First, Second) : (Second, First);
        var offset = (Time?.OffsetMinutes ?? 0) * TimeSpan.TicksPerMinute;
        return new DateTime(Year, month, day).Ticks + (Time?.Ticks ?? 0) - offset;
    }

    // Two digits; beyond any limit for other characters.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens > 9 || ones > 9 ? 1 << 20 : (int)(tens * 10 + ones);
    }

    private static bool TryDay(ref DateScanner text, out DateText date)
    {
        date = default;
        if (text.Month() is > 0 and var named) return TryAfterMonth(ref text, named, out date);
        var digits = text.Number(out var first);
        if (digits == 8)
        {
            date = new(first / 10_000, first / 100 % 100, first % 100, IsOrdered: true, IsPlain: false);
            return true;
        }

        var mark = text.IsAtEnd ? default : (char)text.Rest[0];
        if (digits is not (1 or 2 or 4) || mark is not ('-' or '/' or '.' or ' ')) return false;
        text.Takes(mark);
        if (text.Month() is > 0 and var month)
        {
            date = new(0, month, first, IsOrdered: true, IsPlain: false);
            return digits < 4 && text.Takes(mark) && TryYear(ref text, ref date);
        }

        return mark != ' ' && TryNumbers(ref text, mark, (digits, first), out date);
    }

    private static bool TryNumbers(
        ref DateScanner text, char mark, (int Digits, int Value) first, out DateText date)
    {
        date = default;
        var middle = text.Number(out var second);
        if (middle is not (1 or 2) || !text.Takes(mark)) return false;
        if (first.Digits < 4)
        {
            date = new(0, first.Value, second, IsOrdered: false, IsPlain: false);
            return TryYear(ref text, ref date);
        }

        var last = text.Number(out var day);
        date = new(first.Value, second, day, IsOrdered: true, IsPlain: mark == '-' && middle == 2 && last == 2);
        return last is 1 or 2;
    }

    private static bool TryAfterMonth(ref DateScanner text, int month, out DateText date)
    {
        text.SkipBlanks();
        var digits = text.Number(out var day);
        date = new(0, month, day, IsOrdered: true, IsPlain: false);
        text.Takes(',');
        text.SkipBlanks();
        return digits is 1 or 2 && TryYear(ref text, ref date);
    }

    private static bool TryYear(ref DateScanner text, ref DateText date)
    {
        if (text.Number(out var year) != 4) return false;
        date = date with { Year = year };
        return true;
    }

    private bool IsDay(int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month);
}
