using System.Text;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Columns;

/// <summary>The texts of a cell's faults.</summary>
internal static class CellMessage
{
    private const int LongestQuote = 60;

    public static string For(SqlType type, ReadOnlySpan<byte> text, CellFault fault)
    {
        var start = text[..Math.Min(text.Length, 4 * LongestQuote)];
        var cell = $"\"{Line.Of(Encoding.UTF8.GetString(start), LongestQuote)}\"";
        var name = type.Declared;
        return fault switch
        {
            CellFault.NotOfType => $"{cell} is not {Article(name)} {name}{Remedy(type, text)}",
            CellFault.HasFraction => $"{cell} has a fraction, which {name} does not hold; declare DOUBLE or DECIMAL",
            CellFault.OutOfRange => $"{cell} is beyond the range of {name}{Range(type)}",
            CellFault.ScaleTooSmall => ScaleTooSmall(type, text, cell),
            CellFault.WrongLength => $"{cell} has {TextReader.CodePoints(text)} characters, "
                + $"{name} holds exactly {type.Length}; declare VARCHAR",
            CellFault.TooLong when type.Base is SqlBase.VarChar => $"{cell} has {TextReader.CodePoints(text)} "
                + $"characters, more than {name} holds; declare a longer VARCHAR",
            CellFault.TooLong => $"{cell} has {text.Length} bytes, more than the 65,535 of {name}; shorten it",
            CellFault.NoSuchTime => $"{cell} is no day or time of the calendar; correct it, or leave the cell empty",
            CellFault.OtherDateOrder =>
                $"{cell} has day and month in another order than rows before it; write YYYY-MM-DD in all rows",
            CellFault.HasTimeOfDay => $"{cell} has a time of day, which DATE does not hold; declare DATETIME",
            _ => $"{cell} is no value of {name}",
        };
    }

    private static string Article(string word) => word[0] is 'I' ? "an" : "a";

    private static string Remedy(SqlType type, ReadOnlySpan<byte> text) => type.Base switch
    {
        <= SqlBase.Decimal when text.Contains((byte)',') => "; write a decimal point, or set csv_options.delimiter",
        <= SqlBase.Decimal => "; write digits, or declare VARCHAR",
        SqlBase.Bool => "; write true or false, yes or no, 1 or 0",
        SqlBase.Date => "; write YYYY-MM-DD",
        SqlBase.DateTime or SqlBase.Timestamp => "; write YYYY-MM-DD HH:MM:SS",
        SqlBase.Time => "; write HH:MM:SS",
        _ => "",
    };

    private static string Range(SqlType type)
    {
        if (type.IsInteger)
        {
            var (least, most) = IntegerReader.RangeOf(type.Base);
            var wider = type.Base == SqlBase.BigInt ? "DECIMAL(20)" : "BIGINT";
            return $", {least} to {most}; declare {wider}";
        }

        return type.Base switch
        {
            SqlBase.Decimal => $": {type.Length - type.Scale} digits before the point; declare more digits",
            SqlBase.Date or SqlBase.DateTime or SqlBase.Timestamp => ", years 1000 to 9999; correct it",
            SqlBase.Time => ", 838:59:59; correct it",
            _ => "; correct it, or leave the cell empty",
        };
    }

    private static string ScaleTooSmall(SqlType type, ReadOnlySpan<byte> text, string cell)
    {
        var scale = NumberText.TryParse(text, out var number) ? number.Digits - number.TrailingZeros - number.Point : 0;
        var digits = type.Length + scale - type.Scale;
        var remedy = scale > SqlType.LargestScale || digits > SqlType.MostDigits
            ? "round it, or declare DOUBLE" : $"declare DECIMAL({digits},{scale})";
        return $"{cell} has {scale} digits after the point, {type.Declared} holds {type.Scale}; {remedy}";
    }
}
