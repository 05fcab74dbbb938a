namespace Tracebloc.ImageRefresh.Workloads;

internal sealed record Affinity
{
    public NodeAffinity? NodeAffinity { get; init; }
}

internal sealed record NodeAffinity
{
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }
}

internal sealed record NodeSelector
{
    /// <summary>One of them is enough.</summary>
    public IReadOnlyList<NodeSelectorTerm>? NodeSelectorTerms { get; init; }
}

internal sealed record NodeSelectorTerm
{
    /// <summary>Of labels; each has to be met.</summary>
    public IReadOnlyList<NodeSelectorRequirement>? MatchExpressions { get; init; }

    /// <summary>Of fields, which are <c>metadata.name</c> alone; each has to be met.</summary>
    public IReadOnlyList<NodeSelectorRequirement>? MatchFields { get; init; }
}

internal sealed record NodeSelectorRequirement
{
    public required string Key { get; init; }

    public required string Operator { get; init; }

    public IReadOnlyList<string>? Values { get; init; }
}

internal sealed record Toleration
{
    public string? Key { get; init; }

    public string? Operator { get; init; }

    public string? Value { get; init; }

    public string? Effect { get; init; }
}
