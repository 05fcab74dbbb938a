using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Relations;

/// <summary>
/// How the objects of one installation must fit together: what one names, another one is. The seed is an installation
/// in which it is not: it proves that the rule can fail.
/// </summary>
internal sealed record RelationRule(string Name, Func<Rendering, IEnumerable<Relation>> Relations, string Seed)
{
    public static IReadOnlyList<RelationRule> All { get; } =
        [.. PodRelations.Rules, .. ServiceRelations.Rules, .. AccountRelations.Rules, .. NameRelations.Rules];

    public IReadOnlyList<string> Violations(Rendering chart) =>
        [.. Relations(chart).Where(relation => !relation.Holds).Select(relation => relation.What)];
}

/// <summary>One place that was looked at.</summary>
internal sealed record Relation(string What, bool Holds);
