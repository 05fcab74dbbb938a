namespace Tracebloc.Ingestion.Labels;

/// <summary>A value of a label and the number of rows that have it.</summary>
/// <param name="Key">See <see cref="LabelKey"/>.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct KeyRun(ulong Key, long Count);
