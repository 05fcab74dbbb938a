using Tracebloc.Net;

namespace Tracebloc.Registry;

internal static class RegistryWarning
{
    private const int MaxLength = 200;

    /// <summary>
    /// The text of <c>Warning: 299 - "text"</c> (OCI distribution spec, warnings), without control characters and cut
    /// to a line's length; null for other warn-codes, which are not meant for people.
    /// </summary>
    public static string? Parse(string line)
    {
        var (first, last) = (line.IndexOf('"', StringComparison.Ordinal), line.LastIndexOf('"'));
        if (!line.StartsWith("299 ", StringComparison.Ordinal) || last <= first + 1)
            return null;
        return Line.Of(line[(first + 1)..last], MaxLength);
    }
}
