namespace Tracebloc.Ingestion.Specifications;

/// <summary>The use of a data set: rows to learn from, or rows to test with.</summary>
public enum Intent
{
    /// <summary>Rows to learn from.</summary>
    Train,

    /// <summary>Rows to test with.</summary>
    Test,
}
