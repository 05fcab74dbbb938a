using System.Text.RegularExpressions;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>Reads the metrics and labels that an expression in PromQL names.</summary>
internal static partial class PromQl
{
    /// <summary>The namespace as a label in a metrics file, and as a resource attribute by OTLP.</summary>
    private static readonly string[] LabelsOfTheReceiver = ["namespace", "k8s_namespace_name"];

    public static IReadOnlyList<string> MetricsOf(string expression) =>
        [.. Metric().Matches(expression).Select(match => match.Value).Distinct()];

    /// <summary>Labels in matchers and in <c>by (…)</c>, without those that the receiver adds.</summary>
    public static IReadOnlyList<string> LabelsOf(string expression) =>
    [
        .. Matcher().Matches(expression).Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(", ")))
            .Except(LabelsOfTheReceiver),
    ];

    [GeneratedRegex(@"\btracebloc_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(\w+)(?:=~|!~|!=|=)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();
}
