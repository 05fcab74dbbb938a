namespace Tracebloc.Ingestion.Specifications;

/// <summary>The format of a data set as the central backend names it.</summary>
public enum DataFormat
{
    /// <summary>Images, with annotations or masks.</summary>
    Image,

    /// <summary>Text files.</summary>
    Text,

    /// <summary>Rows alone, time series included.</summary>
    Tabular,
}
