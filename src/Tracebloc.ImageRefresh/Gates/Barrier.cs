namespace Tracebloc.ImageRefresh.Gates;

/// <summary>What keeps a digest from being rolled out now.</summary>
/// <param name="Outcome">As what the image is reported, which also decides the exit code.</param>
/// <param name="Message">Why, and what an operator can do about it.</param>
/// <param name="Until">When time alone lifts it; null where somebody has to act.</param>
internal sealed record Barrier(Outcome Outcome, string Message, DateTimeOffset? Until = null);
