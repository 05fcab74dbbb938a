using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A value of an object that has a column, by which queries may select and sort.</summary>
/// <param name="Path">The path in the object: <c>spec.sourcePipelineRun.name</c>.</param>
/// <param name="Column">The column of the main table; from the kind table, never from a caller.</param>
/// <param name="Type">Its type.</param>
internal sealed record Field(string Path, string Column, ColumnType Type)
{
    /// <summary>The most characters of a text; null where none is ever cut.</summary>
    public int? Length { get; init; }

    /// <summary>Every object has it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Only bodies of queries know it: Kubernetes has no field selector on it.</summary>
    public bool IsForQueriesOnly { get; init; }
}
