namespace Tracebloc.Registry;

/// <summary>A manifest that refers to another.</summary>
/// <param name="Digest">Its address.</param>
/// <param name="IsLikely">True when its entry fits a <see cref="ReferrerFilter"/>.</param>
public sealed record Referrer(Digest Digest, bool IsLikely);
