using System.Globalization;

namespace Tracebloc.Ingestion.Columns;

/// <summary>
/// Reads days and moments. ISO 8601 is always understood; of <c>3/4/2024</c> the order is found out over all rows, as
/// long as each row fits.
/// </summary>
public sealed class DateReader : ValueReader
{
    private DateText _last;

    internal DateReader(SqlType type, NullWords nulls, DateOrder order)
        : base(type, nulls) => Order = order;

    /// <summary>The orders of day and month that fit all dates so far.</summary>
    public DateOrder Order { get; private set; }

    /// <summary>True where the last value is two days, one in each order.</summary>
    public bool IsAmbiguous => _last.IsAmbiguous;

    /// <summary>The moment of the last value in ticks of UTC, its day first; -1 where that is no day.</summary>
    public long DayFirstTicks => Ticks(DateOrder.DayFirst);

    /// <summary>The moment of the last value in ticks of UTC, its month first; -1 where that is no day.</summary>
    public long MonthFirstTicks => Ticks(DateOrder.MonthFirst);

    /// <summary>Takes over the order that other dates of the column have shown.</summary>
    /// <returns>False where no order fits all of them.</returns>
    internal bool TryMerge(DateOrder order)
    {
        if ((order & Order) == DateOrder.None) return false;
        Order &= order;
        return true;
    }

    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        var isDay = Type.Base == SqlBase.Date;
        if (DateText.TryPlain(text, out _last) && isDay == (_last.Time is null))
        {
            output.Text = text;
            return CellFault.None;
        }

        var fault = DateText.Parse(text, out var date);
        if (fault != CellFault.None) return fault;
        var orders = date.Orders;
        if (orders == DateOrder.None) return CellFault.NoSuchTime;
        if ((orders & Order) == DateOrder.None) return CellFault.OtherDateOrder;
        Order &= orders;
        _last = date;
        return Write(text, date, isDay, ref output);
    }

    private long Ticks(DateOrder order) => (_last.Orders & order) != 0 ? _last.Ticks(order) : -1;

    private CellFault Write(ReadOnlySpan<byte> text, DateText date, bool isDay, ref CellOutput output)
    {
        if (isDay && date.Time is { Ticks: not 0 }) return CellFault.HasTimeOfDay;
        if (date.IsPlain && isDay == (date.Time is null))
        {
            output.Text = text;
            return CellFault.None;
        }

        // A day stays the day that was written, whatever the offset of its midnight.
        if (isDay) date = date with { Time = null };
        var ticks = date.Ticks((Order & DateOrder.DayFirst) != 0 ? DateOrder.DayFirst : DateOrder.MonthFirst);
        if (ticks < DateText.FirstTicks || ticks > DateTime.MaxValue.Ticks) return CellFault.OutOfRange;
        var format = isDay ? "yyyy-MM-dd" : ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss"
            : "yyyy-MM-dd HH:mm:ss.ffffff";
        new DateTime(ticks).TryFormat(output.Scratch, out var length, format, CultureInfo.InvariantCulture);
        output.TakeScratch(length);
        return CellFault.None;
    }
}
