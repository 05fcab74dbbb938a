namespace Tracebloc.Ingestion.Columns;

public sealed partial record SqlType
{
    /// <summary>The type in upper case, with its lengths: <c>VARCHAR(80)</c>.</summary>
    public string Declared => Base switch
    {
        SqlBase.Char or SqlBase.VarChar => $"{Word}({Length})",
        SqlBase.Decimal => $"{Word}({Length},{Scale})",
        _ => Word,
    };

    /// <summary>
    /// The type of the table's column. A FLOAT is a DOUBLE there, so that no digit is lost; moments have microseconds
    /// and no zone, so that they read back as they were written.
    /// </summary>
    public string Ddl => Base switch
    {
        SqlBase.Float => "DOUBLE",
        SqlBase.DateTime or SqlBase.Timestamp => "DATETIME(6)",
        SqlBase.Time => "TIME(6)",
        SqlBase.Bool => "TINYINT(1)",
        _ => Declared,
    };

    /// <summary>The bytes that a column takes of the 65,535 of a row, by the server's rules for utf8mb4.</summary>
    public int RowBytes => Base switch
    {
        SqlBase.TinyInt or SqlBase.Bool => 1,
        SqlBase.SmallInt => 2,
        SqlBase.MediumInt or SqlBase.Date => 3,
        SqlBase.Int => 4,
        SqlBase.BigInt or SqlBase.Float or SqlBase.Double or SqlBase.DateTime or SqlBase.Timestamp => 8,
        SqlBase.Time => 6,
        SqlBase.Decimal => DecimalBytes(Length - Scale) + DecimalBytes(Scale),
        SqlBase.Char => Length * BytesOfCharacter,
        SqlBase.VarChar => Length * BytesOfCharacter + (Length * BytesOfCharacter > 255 ? 2 : 1),
        _ => PointerBytes,
    };

    private const int BytesOfCharacter = 4;

    // A TEXT or BLOB lies outside the row: its length and its place remain.
    private const int PointerBytes = 10;

    private string Word => Base.ToString().ToUpperInvariant();

    // Nine digits take four bytes, fewer in proportion.
    private static int DecimalBytes(int digits) => digits / 9 * 4 + (digits % 9 + 1) / 2;
}
