namespace Tracebloc.Ingestion.Columns;

/// <summary>The order of day and month in the dates of a column, apart from ISO 8601's.</summary>
[Flags]
public enum DateOrder
{
    /// <summary>No order fits all dates.</summary>
    None = 0,

    /// <summary><c>31/12/2024</c>.</summary>
    DayFirst = 1,

    /// <summary><c>12/31/2024</c>.</summary>
    MonthFirst = 2,

    /// <summary>Both orders fit all dates so far.</summary>
    Unknown = DayFirst | MonthFirst,
}
