namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads texts, which are never numbers: leading zeros stay. Lengths are counted in code points.</summary>
internal sealed class TextReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    private const int MostBytes = 65_535;

    public static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var each in text)
            if ((each & 0xC0) != 0x80) count++;
        return count;
    }

    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        output.Text = text;
        return Type.Base switch
        {
            SqlBase.Char => CodePoints(text) == Type.Length ? CellFault.None : CellFault.WrongLength,
            SqlBase.VarChar when text.Length > Type.Length && CodePoints(text) > Type.Length => CellFault.TooLong,
            _ => text.Length > MostBytes ? CellFault.TooLong : CellFault.None,
        };
    }
}
