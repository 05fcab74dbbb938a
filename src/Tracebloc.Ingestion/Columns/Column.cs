namespace Tracebloc.Ingestion.Columns;

/// <summary>A column of a data set as its specification declares it.</summary>
/// <param name="Name">As it stands in the schema, without blanks around it; at most 64 characters.</param>
/// <param name="Type">The declared type.</param>
public sealed record Column(string Name, SqlType Type);
