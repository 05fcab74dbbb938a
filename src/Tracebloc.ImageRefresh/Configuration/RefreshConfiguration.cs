using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>A whole, valid configuration file.</summary>
public sealed record RefreshConfiguration
{
    /// <summary>Null: the service account's namespace, or the kubeconfig context's.</summary>
    public string? Namespace { get; init; }

    public TimeSpan RolloutTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan TickTimeout { get; init; } = TimeSpan.FromMinutes(40);

    public int FailureThreshold { get; init; } = 3;

    public int MaxRefreshAttempts { get; init; } = 3;

    public IReadOnlyDictionary<string, RegistryHostOptions> Registries { get; init; } =
        new Dictionary<string, RegistryHostOptions>();

    public string? DockerConfigFile { get; init; }

    /// <summary>Also uses the pull secrets of the workloads for registries.</summary>
    public bool PullSecrets { get; init; }

    public NotificationOptions Notifications { get; init; } = NotificationOptions.None;

    public IReadOnlyList<TrackedImage> Images { get; init; } = [];
}
