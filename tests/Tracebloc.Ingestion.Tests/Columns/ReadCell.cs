using System.Text;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

/// <summary>One cell, read by a declared type.</summary>
internal static class ReadCell
{
    public static SqlType Type(string declared) =>
        SqlType.TryParse(declared, out var type, out var error) ? type : throw new ArgumentException(error);

    /// <summary>The value, <c>NULL</c>, or the message of the fault behind a mark.</summary>
    public static string By(string declared, params string[] cells)
    {
        var reader = ValueReader.For(Type(declared), NullWords.Tabular);
        return string.Join(" | ", cells.Select(cell => By(reader, cell)));
    }

    public static string By(ValueReader reader, string text)
    {
        var cell = new Cell(Encoding.UTF8.GetBytes(text));
        var output = new CellOutput(stackalloc byte[CellOutput.ScratchBytes]);
        return reader.Read(cell, ref output) switch
        {
            CellVerdict.Value => Encoding.UTF8.GetString(output.Text),
            CellVerdict.Null => "NULL",
            _ => $"! {reader.Explain(cell, output.Fault)}",
        };
    }
}
