using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Decides whether a column that is there holds every value of a declared type. Pure.</summary>
internal static class ColumnFit
{
    private static readonly string[] Integers = ["tinyint", "smallint", "mediumint", "int", "bigint"];
    private static readonly string[] Texts = ["tinytext", "text", "mediumtext", "longtext"];
    private static readonly string[] Blobs = ["tinyblob", "blob", "mediumblob", "longblob"];
    private static readonly string[] Floats = ["float", "double"];
    private static readonly string[] Moments = ["datetime", "timestamp"];

    private const int Microseconds = 6;

    // TINYTEXT holds 255 bytes: with utf8mb4 as many characters as that cannot be promised.
    private const int LongestInTinyText = 63;

    /// <summary>True where every value of the type is stored whole.</summary>
    public static bool Holds(ColumnFacts column, SqlType type) => type.Base switch
    {
        <= SqlBase.BigInt => Array.IndexOf(Integers, column.DataType) >= (int)type.Base && !column.IsUnsigned,
        // 0.3.9 created FLOAT columns, which are accepted as they are.
        SqlBase.Float => Floats.Contains(column.DataType) && !column.IsUnsigned,
        SqlBase.Double => column.DataType == "double" && !column.IsUnsigned,
        SqlBase.Decimal => column.DataType == "decimal" && !column.IsUnsigned && column.Scale >= type.Scale
            && column.Size - column.Scale >= type.Length - type.Scale,
        SqlBase.Bool => Integers.Contains(column.DataType),
        SqlBase.Char or SqlBase.VarChar => HoldsText(column, type.Length),
        SqlBase.Text => Array.IndexOf(Texts, column.DataType) >= 1,
        SqlBase.Blob => Array.IndexOf(Blobs, column.DataType) >= 1,
        SqlBase.Date => column.DataType == "date",
        SqlBase.Time => column.DataType == "time",
        _ => Moments.Contains(column.DataType),
    };

    /// <summary>The part of a value that a column loses although it <see cref="Holds"/> the type; null: none.</summary>
    public static string? LossOf(ColumnFacts column, SqlType type) => type.Base switch
    {
        SqlBase.Float when column.DataType == "float" => "values are rounded to 7 digits",
        // MySQL rounds them, MariaDB cuts them off.
        SqlBase.DateTime or SqlBase.Timestamp or SqlBase.Time when column.Scale < Microseconds =>
            column.Scale == 0
                ? "fractions of a second are lost"
                : $"fractions of a second are kept to {column.Scale} digits",
        _ => null,
    };

    private static bool HoldsText(ColumnFacts column, int characters) =>
        (column.DataType == "varchar" && column.Size >= characters)
        || (column.DataType == "char" && column.Size == characters)
        || Array.IndexOf(Texts, column.DataType) >= 1
        || (column.DataType == "tinytext" && characters <= LongestInTinyText);
}
