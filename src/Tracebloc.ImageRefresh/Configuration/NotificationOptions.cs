namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The notifications of the configuration: events, metrics and a webhook.</summary>
public sealed record NotificationOptions
{
    public static NotificationOptions None { get; } = new();

    /// <summary>Kubernetes Events on the workloads.</summary>
    public bool Events { get; init; }

    public MetricsOptions? Metrics { get; init; }

    public WebhookOptions? Webhook { get; init; }

    public bool AreNone => this == None;
}
