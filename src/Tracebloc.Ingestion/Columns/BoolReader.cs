using System.Text;

namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads <c>true false yes no y n t f 1 0</c> in any case of letters, as 1 and 0.</summary>
internal sealed class BoolReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        bool? value = text.Length switch
        {
            1 => Letter(text[0]),
            2 when Ascii.EqualsIgnoreCase(text, "no"u8) => false,
            3 when Ascii.EqualsIgnoreCase(text, "yes"u8) => true,
            4 when Ascii.EqualsIgnoreCase(text, "true"u8) => true,
            5 when Ascii.EqualsIgnoreCase(text, "false"u8) => false,
            _ => null,
        };
        if (value is null) return CellFault.NotOfType;
        output.Text = value.Value ? "1"u8 : "0"u8;
        return CellFault.None;
    }

    private static bool? Letter(byte letter) => letter switch
    {
        (byte)'1' or (byte)'t' or (byte)'T' or (byte)'y' or (byte)'Y' => true,
        (byte)'0' or (byte)'f' or (byte)'F' or (byte)'n' or (byte)'N' => false,
        _ => null,
    };
}
