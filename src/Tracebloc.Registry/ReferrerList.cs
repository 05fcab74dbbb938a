namespace Tracebloc.Registry;

/// <summary>The manifests that refer to another, as far as they are worth reading.</summary>
/// <param name="Found">The likely ones first, each digest once; at most 16 likely and 16 others.</param>
/// <param name="IsComplete">False when there are more of them.</param>
/// <param name="Bytes">Of the lists that were received.</param>
public sealed record ReferrerList(IReadOnlyList<Referrer> Found, bool IsComplete, long Bytes)
{
    internal static ReferrerList Empty { get; } = new([], IsComplete: true, 0);
}
