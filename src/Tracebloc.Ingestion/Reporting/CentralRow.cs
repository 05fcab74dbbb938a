using Tracebloc.Ingestion.Labels;

namespace Tracebloc.Ingestion.Reporting;

/// <summary>All of a row that leaves the cluster.</summary>
/// <param name="DataId">Its id, by the strategy of the specification.</param>
/// <param name="Label">Its label, by the policy of the specification.</param>
public readonly record struct CentralRow(string DataId, OutgoingLabel Label);
