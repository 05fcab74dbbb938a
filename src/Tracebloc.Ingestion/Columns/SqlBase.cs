namespace Tracebloc.Ingestion.Columns;

/// <summary>The kinds of column that ingest.v1 knows.</summary>
public enum SqlBase
{
    /// <summary>An integer of 8 bits.</summary>
    TinyInt,

    /// <summary>An integer of 16 bits.</summary>
    SmallInt,

    /// <summary>An integer of 24 bits.</summary>
    MediumInt,

    /// <summary>An integer of 32 bits.</summary>
    Int,

    /// <summary>An integer of 64 bits.</summary>
    BigInt,

    /// <summary>A binary number, stored with 64 bits so that no digit is lost.</summary>
    Float,

    /// <summary>A binary number of 64 bits.</summary>
    Double,

    /// <summary>A decimal number with a fixed number of digits.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A text of an exact number of characters.</summary>
    Char,

    /// <summary>A text of at most a number of characters.</summary>
    VarChar,

    /// <summary>A text of up to 65,535 bytes.</summary>
    Text,

    /// <summary>Bytes, up to 65,535.</summary>
    Blob,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and a time, without a zone.</summary>
    DateTime,

    /// <summary>A moment, stored as UTC.</summary>
    Timestamp,

    /// <summary>A time of day or a span, up to 838:59:59.</summary>
    Time,
}
