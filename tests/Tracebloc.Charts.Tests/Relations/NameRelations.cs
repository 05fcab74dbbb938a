namespace Tracebloc.Charts.Tests.Relations;

/// <summary>Names and labels, by which people and programs find things.</summary>
internal static class NameRelations
{
    private const int LongestName = 63, LongestCronJob = 52;

    private static readonly string[] StandardLabels =
    [
        "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version",
        "app.kubernetes.io/managed-by", "app.kubernetes.io/component", "helm.sh/chart",
    ];

    public static IReadOnlyList<RelationRule> Rules { get; } =
    [
        new(
            "No two objects are of one kind and name",
            chart => chart.Manifests
                .CountBy(manifest => $"{manifest.Kind} {manifest.Namespace}/{manifest.Name}")
                .Select(count => new Relation(count.Key, count.Value == 1)),
            "{kind: Role, metadata: {name: twin}}\n---\n{kind: Role, metadata: {name: twin}}"),
        new(
            "Every object has the standard labels",
            chart => from manifest in chart.Manifests
                     where !manifest.Source.EndsWith("extra-objects.yaml", StringComparison.Ordinal)
                     from label in StandardLabels
                     select new Relation(
                         $"{manifest.Id}: {label}", manifest.Labels.GetValueOrDefault(label) is { Length: > 0 }),
            "{kind: Role, metadata: {name: bare, labels: {app.kubernetes.io/name: client}}}"),
        new(
            "Every name is as long as its kind allows",
            chart => from manifest in chart.Manifests
                     let longest = manifest.Kind == "CronJob" ? LongestCronJob : LongestName
                     select new Relation(manifest.Id, manifest.Name.Length <= longest),
            "{kind: CronJob, metadata: {name: a-name-of-fifty-three-characters-0123456789-0123456789}}"),
        new(
            "Every label's value is as long as a label allows",
            chart => from manifest in chart.Manifests
                     from label in manifest.Labels
                     select new Relation($"{manifest.Id}: {label}", label.Value.Length <= LongestName),
            "{kind: Role, metadata: {name: a, labels: {a: "
            + "a-value-of-sixty-four-characters-0123456789-0123456789-0123456789}}}"),
    ];
}
