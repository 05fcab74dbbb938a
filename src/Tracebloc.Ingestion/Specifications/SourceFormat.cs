namespace Tracebloc.Ingestion.Specifications;

/// <summary>The format of the file that holds the rows.</summary>
public enum SourceFormat
{
    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>An object or an array of objects.</summary>
    Json,
}
