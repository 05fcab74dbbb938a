using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Cli.Describing;

/// <summary>The columns of a file with the types that hold all of its rows.</summary>
/// <param name="Columns">The columns in the order of the file.</param>
/// <param name="Remarks">Columns that are left out, and types that are a guess.</param>
internal sealed record InferredSchema(IReadOnlyList<Column> Columns, IReadOnlyList<string> Remarks);
