using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Refuses flags that mean nothing for a category: dropped without a word, they would hide a mistake.
/// </summary>
internal static class MisappliedFlags
{
    /// <exception cref="CliException">A flag is one of other categories.</exception>
    public static void Refuse(DescriptionOptions options, CategoryRules rules)
    {
        if (First(options, rules) is { } flag)
            throw new CliException(
                CliExit.Usage,
                $"{flag.Name} has no meaning for {rules.Name}: {flag.Reason}; remove it, or choose another category");
    }

    private static (string Name, string Reason)? First(DescriptionOptions options, CategoryRules rules) => options
        switch
    {
        { TargetSize: not null } when !rules.HasImages => ("--target-size", "it has no images"),
        { MinSize: not null } when !rules.HasImages => ("--min-size", "it has no images"),
        { Schema.Count: > 0 } when !rules.NeedsSchema => ("--schema", "it declares no columns"),
        { LabelColumn: not null } when rules.Label == LabelRule.Forbidden =>
            ("--label-column", "it learns from its files alone"),
        { LabelPolicy: not null } when rules.Label != LabelRule.RequiredWithPolicy =>
            ("--label-policy", "its label is no numeric target"),
        { TimeColumn: not null } when !rules.HasTimeColumn => ("--time-column", "it has no survival time"),
        { NumberOfKeypoints: not null } when !rules.HasKeypoints => ("--number-of-keypoints", "it has no keypoints"),
        _ => null,
    };
}
