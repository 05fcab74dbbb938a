namespace Tracebloc.Ingestion.Columns;

/// <summary>The faults of a cell. The text of one is written by <see cref="ValueReader.Explain"/>.</summary>
public enum CellFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The text is of another kind: letters in a number, an unknown word in a BOOL.</summary>
    NotOfType,

    /// <summary>A number with a fraction in a column of integers.</summary>
    HasFraction,

    /// <summary>A number beyond the type's range, or infinite.</summary>
    OutOfRange,

    /// <summary>Digits after the point that a DECIMAL has no room for.</summary>
    ScaleTooSmall,

    /// <summary>A text with another number of characters than a CHAR has.</summary>
    WrongLength,

    /// <summary>A text with more characters or bytes than the type holds.</summary>
    TooLong,

    /// <summary>A day that the calendar does not have, or an hour that the day does not have.</summary>
    NoSuchTime,

    /// <summary>A date whose day and month are in another order than in earlier rows.</summary>
    OtherDateOrder,

    /// <summary>A time of day in a column of days.</summary>
    HasTimeOfDay,
}
