using Tracebloc.Net;

namespace Tracebloc.Signatures;

/// <summary>The reasons for rejected candidates, as one line.</summary>
internal static class Reasons
{
    private const int MaxListed = 3, MaxLength = 300;

    public static string Of(IReadOnlyList<Candidate> refused)
    {
        var listed = refused.Take(MaxListed).Select(candidate => Of(candidate.Place, candidate.Fault));
        var rest = refused.Count > MaxListed ? $"; and {refused.Count - MaxListed} more" : "";
        return string.Join("; ", listed) + rest;
    }

    /// <summary>
    /// Names in signatures are untrusted: control characters become spaces, and long names are cut.
    /// </summary>
    public static string Of(string place, string? fault) => Line.Of($"{place}: {fault}", MaxLength);
}
