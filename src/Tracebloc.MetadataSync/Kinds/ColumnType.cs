namespace Tracebloc.MetadataSync.Kinds;

/// <summary>The type of an indexed column.</summary>
internal enum ColumnType
{
    /// <summary>
    /// VARCHAR of <see cref="IndexedColumn.Length"/> characters; the column alone has longer values cut.
    /// </summary>
    Text,

    /// <summary>BIGINT.</summary>
    Integer,

    /// <summary>BOOLEAN: 1 or 0.</summary>
    Flag,

    /// <summary>DATETIME(6) in UTC, from RFC 3339.</summary>
    Time,
}
