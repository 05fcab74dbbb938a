namespace Tracebloc.Ingestor.Progress;

/// <summary>A part of a run that takes its time.</summary>
/// <param name="Name">The start of its lines: <c>Loading</c>.</param>
/// <param name="Unit">The things that are counted: <c>rows</c>.</param>
/// <param name="TotalBytes">All bytes; 0 where that is not known.</param>
internal sealed record Stage(string Name, string Unit, long TotalBytes = 0);
