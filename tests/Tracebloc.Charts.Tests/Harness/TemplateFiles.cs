using System.Text.RegularExpressions;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The text of a chart's templates, for what rendering cannot show: that nothing is left over.</summary>
internal sealed partial record TemplateFiles(string Text)
{
    /// <summary>Paths, also those that are guarded: <c>(.Values.images).ingestor</c> reads images.ingestor.</summary>
    public IReadOnlyList<string> ValuesRead =>
        [.. All(ValuesReference()).Select(path => path.Replace(")", "").TrimStart('.')).Distinct()];

    public IReadOnlyList<string> HelpersDefined => All(Definition());

    public IReadOnlyList<string> HelpersUsed => All(Use());

    public static TemplateFiles Of(Chart chart) => new(string.Concat(
        Directory.GetFiles(chart.PathOf("templates"), "*", SearchOption.AllDirectories).Order()
            .Select(File.ReadAllText)));

    private List<string> All(Regex pattern) =>
        [.. pattern.Matches(Comment().Replace(Text, "")).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{\{-?\s*/\*[\s\S]*?\*/\s*-?\}\}")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\.Values((?:\)*\.[A-Za-z]\w*)+)")]
    private static partial Regex ValuesReference();

    [GeneratedRegex(@"\bdefine\s+""([^""]+)""")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\b(?:include|template)\s+""([^""]+)""")]
    private static partial Regex Use();
}
