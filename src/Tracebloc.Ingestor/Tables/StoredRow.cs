namespace Tracebloc.Ingestor.Tables;

/// <summary>A row as the table holds it.</summary>
/// <param name="DataId">Its id.</param>
/// <param name="Label">Its true label, which leaves the cluster only by the label's policy; null for none.</param>
internal sealed record StoredRow(string DataId, string? Label);
