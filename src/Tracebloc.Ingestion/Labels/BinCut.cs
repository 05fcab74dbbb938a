namespace Tracebloc.Ingestion.Labels;

/// <summary>A cut between two bins.</summary>
/// <param name="Text">The number as it leaves the cluster: no value of a row, but one between two of them.</param>
/// <param name="Key">The least key of the upper bin, see <see cref="LabelKey"/>.</param>
public sealed record BinCut(string Text, ulong Key);
