namespace Tracebloc.Cli.Finding;

/// <summary>A release of the client chart, as the Deployment of its jobs-manager shows it.</summary>
internal sealed record Release
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The chart's version; null where no label has it.</summary>
    public string? ChartVersion { get; init; }

    public string? AppVersion { get; init; }

    /// <summary>The Deployment of jobs-manager.</summary>
    public required string Deployment { get; init; }

    /// <summary>True where a pod of jobs-manager is ready.</summary>
    public bool IsReady { get; init; }

    /// <summary>The ConfigMap with the accounts that may submit.</summary>
    public required string PolicyConfigMap { get; init; }

    /// <summary>The ingestor's image by tag or digest; null where jobs-manager knows none.</summary>
    public string? Image { get; init; }

    /// <summary>The claim of the volume with the data sets.</summary>
    public required string Claim { get; init; }

    public string? PullSecret { get; init; }

    public string? RuntimeClass { get; init; }

    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>The user of runs, for volumes whose owner cannot be changed; null: the usual one.</summary>
    public int? User { get; init; }

    /// <summary>The group of runs; null: the usual one.</summary>
    public int? Group { get; init; }

    /// <summary>False: a cluster sets the user and the group where the chart sets none, as OpenShift does.</summary>
    public bool HasFixedUser { get; init; } = true;

    /// <summary>For messages: <c>edge in namespace tracebloc</c>.</summary>
    public override string ToString() => $"{Name} in namespace {Namespace}";
}
