using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>
/// A rule for the text of some files. The seed is a text that breaks the rule: it proves that the rule can fail.
/// </summary>
internal sealed record SourceRule(
    string Name, string[] Folders, string[] Extensions, Func<SourceFile, IEnumerable<string>> Violations, string Seed)
{
    private const int LongestLine = 120, LongestSource = 400, LongestTest = 500;

    private const string PackageHosts =
        @"\b(debian|ubuntu|nodesource|nuget|npmjs|yarnpkg|pypi|pythonhosted|crates|maven|rubygems)\.(org|com|io)\b";

    // NodeProject of build/parameters.cake.
    private const string NodeProject = "tests/Tracebloc.Integration.Tests/";

    private static readonly string[] CSharp = [".cs"], Scripts = [".cs", ".cake", ".sh", ".ci/run"], Everything = [""];

    public static IReadOnlyList<SourceRule> All { get; } =
    [
        new(
            $"no source file is longer than {LongestSource} lines", ["src", "build", "scripts"], Scripts,
            file => TooLong(file, LongestSource), new string('\n', LongestSource + 1) + "end"),
        new(
            $"no test file is longer than {LongestTest} lines", ["tests"], CSharp,
            file => TooLong(file, LongestTest), new string('\n', LongestTest + 1) + "end"),
        new(
            $"no line is longer than {LongestLine} characters", [""], Scripts,
            file => Lines(file, file.Lines, line => line.Length > LongestLine), new string('x', LongestLine + 1)),
        new(
            "nothing is left to do", ["src"], CSharp,
            Matching(file => file.Lines, @"\b(TODO|FIXME|HACK|NotImplementedException)\b"), "// TODO: later"),
        new(
            "tests never wait in real time", ["tests"], CSharp,
            Matching(file => file.Code, @"\b(Task\.Delay|Thread\.Sleep|SpinWait)\b"), "await Task.Delay(100);"),
        new(
            "no other project than the one that the target E2E runs has tests that need a node", ["tests"], CSharp,
            file => file.Path.StartsWith(NodeProject, StringComparison.Ordinal)
                ? []
                : Lines(file, file.Lines, line => Regex.IsMatch(line, @"\bTrait\(\s*""Needs""")),
            "[Trait(\"Needs\", \"Node\")]"),
        new(
            "no file knows the machine it was written on", [""], Everything,
            Matching(file => file.Lines, @"(?<![\w.~}])/(work|root|opt/nuget)/|[A-Z]:\\Users\\"),
            string.Join('/', "HintPath=", "opt", "nuget", "packages", "x.dll")),
        new(
            "packages come from the feeds that the machine is set up with", [""],
            [".json", ".config", ".props", ".targets", ".csproj", ".npmrc"],
            Matching(file => file.Lines, "<add key=|RestoreSources|registry\\s*=|\"resolved\"\\s*:"),
            "<add key=\"mirror\" value=\"http://10.0.0.1/v3/index.json\" />"),
        new(
            "no file names a package host", [""], Everything,
            Matching(file => file.Lines, PackageHosts), string.Join('.', "https://registry", "npmjs", "org/")),
        new(
            "no client decompresses, since build/substitutions.xml leaves that out", ["src"], CSharp,
            Matching(file => file.Code, @"\bDecompressionMethods\.(?!None\b)"), "DecompressionMethods.GZip"),
        .. FrameworkFaults.Rules,
        .. Language.Rules,
        .. SingleHome.Rules,
    ];

    public Inspection Inspect() => Inspection.Of(Repository.Files(Folders, Extensions), Violations);

    private static IEnumerable<string> TooLong(SourceFile file, int limit)
    {
        if (file.Lines.Count > limit)
            yield return $"{file.Path} has {file.Lines.Count} lines: split it by topic.";
    }

    private static Func<SourceFile, IEnumerable<string>> Matching(
        Func<SourceFile, IReadOnlyList<string>> lines, string pattern) =>
        file => Lines(file, lines(file), line => Regex.IsMatch(line, pattern));

    private static IEnumerable<string> Lines(
        SourceFile file, IReadOnlyList<string> lines, Func<string, bool> isWrong) =>
        lines.Index().Where(line => isWrong(line.Item))
            .Select(line => $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");
}
