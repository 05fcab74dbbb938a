using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestor.Loading;

/// <summary>A column of the table, and where its values come from.</summary>
/// <param name="Name">The column of the table.</param>
/// <param name="Index">The column of the source; -1: the source has none, and every value is NULL.</param>
/// <param name="Reader">Reads the values.</param>
internal sealed record SourceColumn(string Name, int Index, ValueReader Reader);
