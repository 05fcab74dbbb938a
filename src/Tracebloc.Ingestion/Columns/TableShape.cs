namespace Tracebloc.Ingestion.Columns;

/// <summary>The columns of a table that a data set is loaded into, beside the standard ones.</summary>
/// <param name="Features">The columns of the schema that are stored under their own name.</param>
/// <param name="LabelIsText">True where the label is a text of any length, not at most 255 characters.</param>
/// <param name="HasMask">True where each row names its mask.</param>
public sealed record TableShape(IReadOnlyList<Column> Features, bool LabelIsText = false, bool HasMask = false);
