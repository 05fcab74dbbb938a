using Tracebloc.Net;

namespace Tracebloc.Ingestion.Validation;

/// <summary>One fault of the data.</summary>
/// <param name="File">The file as the user named it; empty where no file is to blame.</param>
/// <param name="Line">Counted from 1; 0 where no line is to blame.</param>
/// <param name="Column">In characters, counted from 1; 0 where it is not known.</param>
/// <param name="ColumnName">The column of the data; null where none is to blame.</param>
/// <param name="Message">The fault and its remedy.</param>
public sealed record Finding(string File, long Line, int Column, string? ColumnName, string Message)
{
    /// <summary><c>houses.csv:1204:17: price: "12,5" is not …</c>, as compilers write it: one line.</summary>
    public override string ToString() => Escaped.Text(
        (File.Length > 0 ? File : "")
        + (Line > 0 ? $":{Line}" : "")
        + (Line > 0 && Column > 0 ? $":{Column}" : "")
        + (File.Length > 0 ? ": " : "")
        + (ColumnName is null ? "" : $"{ColumnName}: ")
        + Message);
}
