using System.Text.RegularExpressions;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The output of a run as a page shows it: others in place of what differs between runs.</summary>
internal static partial class ShownRun
{
    private static readonly string[] Ids =
    [
        "5e715dbf-bf58-8f19-a6da-3909ecf0e400", "bef0f60a-0c55-83d1-abcb-507384e8dc0d",
        "5fe0a1e1-0a67-8b58-a4c2-594d30ed7903", "8c422bf2-8c58-82f0-a922-aeeb9a40a254",
        "fe879cdb-dc8f-8f0b-91ac-7b16ff7e273e",
    ];

    /// <summary>Replaces the times of the log, the seconds of the summary, and each id, the same by the same.</summary>
    public static IEnumerable<string> Lines(string output)
    {
        var ids = Id().Matches(output).Select(match => match.Value).Distinct().ToList();
        var text = Id().Replace(output, match => Ids[ids.IndexOf(match.Value)]);
        return Seconds().Replace(Time().Replace(text, "10:15:00"), "0.25").TrimEnd().Split('\n');
    }

    [GeneratedRegex(@"(?m)(?<=^ *)\d\d:\d\d:\d\d(?= [A-Z]{3} )")]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<=""(files_)?seconds"":)[0-9.]+")]
    private static partial Regex Seconds();
}
