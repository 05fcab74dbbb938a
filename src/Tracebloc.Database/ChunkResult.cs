namespace Tracebloc.Database;

/// <summary>The server's answer to a chunk, before it is committed.</summary>
/// <param name="Affected">The rows that it inserted.</param>
/// <param name="WarningCount">The number of its warnings.</param>
/// <param name="Warnings">The first of them.</param>
public sealed record ChunkResult(long Affected, long WarningCount, IReadOnlyList<ServerWarning> Warnings);
