namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>Who is told what happened, beside whoever reads the report.</summary>
public sealed record NotificationOptions
{
    public static NotificationOptions None { get; } = new();

    /// <summary>Kubernetes Events on the workloads.</summary>
    public bool Events { get; init; }

    public MetricsOptions? Metrics { get; init; }

    public WebhookOptions? Webhook { get; init; }

    public bool AreNone => this == None;
}
