namespace Tracebloc.Ingestor.Tables;

/// <summary>A table of data sets as the journal holds it.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Salt">32 bytes that make hashes of this table its own; they never leave the database.</param>
/// <param name="CreatedBy">The key of the run that created the table; null where none of this product did.</param>
/// <param name="Boundaries">The boundaries of the train run's bins, as JSON; null for none.</param>
internal sealed record TableRecord(string Name, byte[] Salt, string? CreatedBy, string? Boundaries);
