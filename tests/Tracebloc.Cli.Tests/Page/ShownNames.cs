using System.Text.RegularExpressions;

namespace Tracebloc.Cli.Tests.Page;

/// <summary>
/// The names on the page of what is made anew in each run: keys, Jobs, addresses, times. One that is seen for the first
/// time gets the next name, and a command of the page that has the name gets the real thing.
/// </summary>
internal sealed partial class ShownNames
{
    private static readonly string[] Contents = ["0f3a5c7d9b1e2460", "b7c41d9e02586fa3", "93e0d7164a8bc25f"];

    private static readonly string[] Ends = ["1a2b3c4d", "5e6f7081", "92a3b4c5", "d6e7f809"];

    private static readonly string[] Jobs = ["4b1d0c3f9a27", "8e5a6d72c01b", "c93f1e40b7d5", "2d7b90e6f318"];

    private readonly Dictionary<string, string> _shown = [];
    private readonly List<(string Real, string Shown)> _fixed = [];

    /// <summary>Shows something under a name of its own.</summary>
    public void Add(string real, string shown) => _fixed.Add((real, shown));

    /// <summary>The text as the page has it.</summary>
    public string Show(string text)
    {
        foreach (var (real, shown) in _fixed) text = text.Replace(real, shown, StringComparison.Ordinal);
        text = Content().Replace(text, found => Name(found.Value, Contents));
        text = End().Replace(text, found => Name(found.Value, Ends));
        text = Job().Replace(text, found => Name(found.Value, Jobs));
        text = Staged().Replace(text, ", 0.4 s");
        text = Sent().Replace(text, "4.00 MiB of it sent now, 3 files");
        text = StagedJson().Replace(text, "0.4");
        text = Expiry().Replace(text, "2026-01-02 11:15:00");
        text = Build().Replace(text, "(commit 46a9ed7c05b1, built 2026-01-02T10:15:00Z, .NET 10.0.1 on linux/amd64)");
        return Elapsed().Replace(text, found => found.Groups[1].Value switch
        {
            "accepted" => "accepted, 0 s",
            "running" => "running, 2 s",
            var end => $"{end}, 6 s",
        });
    }

    /// <summary>The real thing behind the names of a command.</summary>
    public string Reveal(string command)
    {
        foreach (var (real, shown) in _shown) command = command.Replace(shown, real, StringComparison.Ordinal);
        return command;
    }

    private string Name(string real, string[] names)
    {
        if (_shown.TryGetValue(real, out var known)) return known;
        return _shown[real] = names.First(name => !_shown.ContainsValue(name));
    }

    // The content in the name of a folder, or of a run: TABLE-CONTENT, TABLE-CONTENT-END.
    [GeneratedRegex(@"(?<=[a-z_]-)[0-9a-f]{16}\b")]
    private static partial Regex Content();

    [GeneratedRegex(@"(?<=[a-z_]-[0-9a-f]{16}-)[0-9a-f]{8}\b")]
    private static partial Regex End();

    [GeneratedRegex(@"(?<=ingest-job-)[0-9a-f]{12}\b")]
    private static partial Regex Job();

    [GeneratedRegex(@"(?<=^Staged: .*), \d+\.\d s$", RegexOptions.Multiline)]
    private static partial Regex Staged();

    [GeneratedRegex(@"[\d.]+ MiB of it sent now, \d+ files")]
    private static partial Regex Sent();

    [GeneratedRegex(@"(?<=""sent_bytes"": \d+,\n +""seconds"": )[\d.]+")]
    private static partial Regex StagedJson();

    [GeneratedRegex(@"(?<=expires )\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Expiry();

    [GeneratedRegex(@"\(commit .* on linux/\w+\)")]
    private static partial Regex Build();

    [GeneratedRegex(@"(?<=^Run [^ ]+: )(\w+), \d+ s", RegexOptions.Multiline)]
    private static partial Regex Elapsed();
}
