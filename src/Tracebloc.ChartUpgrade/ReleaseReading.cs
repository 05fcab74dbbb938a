namespace Tracebloc.ChartUpgrade;

/// <summary>What was read of a release: its history, null where there is none, or why it is not known.</summary>
internal sealed record ReleaseReading(ReleaseHistory? History, string? Error);
