using Tracebloc.ImageRefresh.Metrics;
using Tracebloc.ImageRefresh.Webhook;

namespace Tracebloc.ImageRefresh.Notices;

/// <summary>Who is told what happened, beside whoever reads the report.</summary>
public sealed record NoticeOptions
{
    public static NoticeOptions None { get; } = new();

    /// <summary>Kubernetes Events on the workloads.</summary>
    public bool Events { get; init; }

    public MetricsOptions? Metrics { get; init; }

    public WebhookOptions? Webhook { get; init; }

    public bool AreNone => this == None;
}
