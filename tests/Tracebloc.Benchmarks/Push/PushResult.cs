namespace Tracebloc.Benchmarks.Push;

/// <summary>The runs of a scenario, and the size of the program.</summary>
internal sealed record PushResult(Race Race, double BinaryMegabytes);
