namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The content of one PATCH: annotations of the workload itself, and changes to its pod template.</summary>
internal sealed record WorkloadEdit
{
    /// <summary>Null removes an annotation.</summary>
    public IReadOnlyDictionary<string, string?> Annotations { get; init; } = new Dictionary<string, string?>();

    public IReadOnlyList<ContainerEdit> Containers { get; init; } = [];

    /// <summary>The pod template's restart mark; null leaves it.</summary>
    public string? RestartedAt { get; init; }

    public bool ChangesTemplate => Containers.Count > 0 || RestartedAt is not null;

    public bool IsEmpty => Annotations.Count == 0 && !ChangesTemplate;
}

/// <summary>One container's new image, or one of its variables' new value.</summary>
internal sealed record ContainerEdit(
    string Container, bool IsInit, string? Image, KeyValuePair<string, string>? Variable);
