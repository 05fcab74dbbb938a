namespace Tracebloc.ChartUpgrade.Releases;

/// <summary>The history of a release; null where there is none, or the reason why it is not known.</summary>
internal sealed record ReleaseReading(ReleaseHistory? History, string? Error);
