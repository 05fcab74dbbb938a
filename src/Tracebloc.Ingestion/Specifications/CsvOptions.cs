namespace Tracebloc.Ingestion.Specifications;

/// <summary>The form of a CSV file: <c>spec.csv_options</c>.</summary>
public sealed record CsvOptions
{
    /// <summary>Between two values: one or more characters.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Around a value that contains delimiters or line ends; doubled inside: one ASCII character.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Takes the next character literally, inside quotes and outside: one ASCII character.</summary>
    public char Escape { get; init; } = '\\';
}
