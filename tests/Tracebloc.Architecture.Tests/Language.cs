using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>Plain English, as far as a pattern can tell: subject first, and the words of the field.</summary>
internal static partial class Language
{
    private const int LongestReadme = 200;

    /// <summary>A sentence for each banned expression.</summary>
    public static IReadOnlyList<string> Seeds { get; } =
    [
        "somebody had changed it",
        "nobody is notified",
        "anybody may read it",
        "everybody can read it",
        "whoever wants the same pods",
        "the host whom it trusts",
        "The receiver is told of it.",
        "The log tells the reason.",
        "The tick has heard of it.",
        "it says of a name that it is wrong",
        "it was said of the name",
        "The run fails and says so.",
        "A helper lets itself in.",
        "The window lets rollouts through.",
        "A missing secret is gone without.",
        "A malformed secret makes no sense.",
        "the fate that becomes of it",
        "It stays out for good.",
        "for want of a digest",
        "The authority vouches for it.",
        "The host is spoken to over TLS.",
    ];

    public static IReadOnlyList<SourceRule> Rules { get; } =
    [
        new(
            "no summary opens with a question word", ["src", "tests", "build"], [".cs"],
            file => Openings(file, QuestionFirst()), "/// <summary>\n/// What is posted.\n/// </summary>"),
        new(
            "no summary of a program opens with a subordinate clause", ["src"], [".cs"],
            file => Openings(file, ClauseFirst()), "/// <summary>Whether it is posted.</summary>"),
        new(
            "no text of a program hides its subject", ["src"], [".cs"],
            file => Matches(file, Texts(file), Indirect()),
            string.Join('\n', Seeds.Select(seed => $"var text = \"{seed}\";"))),
        new(
            "no page hides its subject", ["README.md", "CONTRIBUTING.md", "docs/", "charts/"],
            [".md", ".txt", ".gotmpl", "values.yaml", "values.schema.json"],
            file => Matches(file, file.Lines, Indirect()), string.Join('\n', Seeds)),
        new(
            $"the README has at most {LongestReadme} lines", ["README.md"], ["README.md"],
            file => file.Lines.Count <= LongestReadme ? [] : [$"{file.Path} has {file.Lines.Count} lines."],
            new string('\n', LongestReadme + 1) + "end"),
        new(
            "every link between pages leads to a file", ["README.md", "CONTRIBUTING.md", "docs/", "charts/"], [".md"],
            BrokenLinks, "See [trust](docs/nowhere.md)."),
    ];

    private static IEnumerable<string> Openings(SourceFile file, Regex pattern) => pattern.Matches(file.Text)
        .Select(match => $"{file.Path}:{file.Text[..match.Index].Count(at => at == '\n') + 1}: {match.Groups[1]} …");

    private static IEnumerable<string> Matches(SourceFile file, IEnumerable<string> lines, Regex pattern) =>
        lines.Index().Where(line => pattern.IsMatch(line.Item))
            .Select(line => $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    /// <summary>Each line with nothing left but the text of its literals.</summary>
    private static IEnumerable<string> Texts(SourceFile file) => file.Lines.Zip(
        file.Code,
        (line, code) => line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            ? ""
            : string.Concat(line.Select((letter, at) => at < code.Length && code[at] != ' ' ? ' ' : letter)));

    private static IEnumerable<string> BrokenLinks(SourceFile file)
    {
        var folder = Path.Combine(Repository.Root.FullName, Path.GetDirectoryName(file.Path) ?? "");
        return Link().Matches(file.Text)
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && target.Length > 0)
            .Where(target => !Path.Exists(Path.Combine(folder, target)))
            .Select(target => $"{file.Path} links to {target}, which does not exist.");
    }

    [GeneratedRegex(@"<summary>(?:\s|///)*(What|Who|Whoever|Whom|Whose|Whatever|One that|Nor|Nobody|Somebody)\b")]
    private static partial Regex QuestionFirst();

    [GeneratedRegex(@"(<summary>|<returns>|<param[^>]*>)(?:\s|///)*(What|Why|How|Whether|That|Where|When|Which)\b")]
    private static partial Regex ClauseFirst();

    [GeneratedRegex(
        @"\b(nobody|somebody|anybody|everybody|whoever|whom|(is|are|was|were) told|tells|heard of|says of|said of"
        + @"|says so|lets|gone without|makes? no sense|becomes of|for good|for want of|vouch(es)?|spoken to)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Indirect();

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
