namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The parts of a Node that decide which pods may start on it, and for which platform.</summary>
internal sealed record Node
{
    public NodeMetadata? Metadata { get; init; }

    public NodeSpec? Spec { get; init; }

    public NodeStatus? Status { get; init; }
}

internal sealed record NodeMetadata
{
    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

internal sealed record NodeSpec
{
    public IReadOnlyList<Taint>? Taints { get; init; }
}

internal sealed record Taint
{
    public required string Key { get; init; }

    public string? Value { get; init; }

    public required string Effect { get; init; }
}

internal sealed record NodeStatus
{
    public NodeSystemInfo? NodeInfo { get; init; }
}

internal sealed record NodeSystemInfo
{
    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }
}
