namespace Tracebloc.Charts.Tests.Harness;

/// <summary>A Role or ClusterRole.</summary>
internal sealed class Role(Manifest manifest)
{
    public static IReadOnlyList<string> Kinds { get; } = ["Role", "ClusterRole"];

    public string Id => manifest.Id;

    public string Name => manifest.Name;

    public bool IsClusterRole => manifest.Kind == "ClusterRole";

    public IReadOnlyList<Rule> Rules => [.. manifest["rules"].Items.Select(Rule.Of)];

    public bool Allows(string verb, string group, string resource, string? name = null) =>
        Rules.Any(rule => rule.Allows(verb, group, resource, name));
}

/// <summary>One rule: what may be done to which objects.</summary>
internal sealed record Rule(
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Verbs)
{
    public IEnumerable<string> Words => [.. Groups, .. Resources, .. Names, .. Verbs];

    public static Rule Of(Node node) => new(
        node["apiGroups"].Texts, node["resources"].Texts, node["resourceNames"].Texts, node["verbs"].Texts);

    public bool Allows(string verb, string group, string resource, string? name) =>
        Covers(Verbs, verb) && Covers(Groups, group) && Covers(Resources, resource)
        && (Names is [] || (name is not null && Names.Contains(name)));

    public override string ToString() => string.Join(' ', Words);

    private static bool Covers(IReadOnlyList<string> granted, string asked) =>
        granted.Contains(asked) || granted.Contains("*");
}
