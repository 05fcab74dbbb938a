using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor submit</c>.</summary>
internal sealed record SubmitOptions
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan DefaultWait = TimeSpan.FromHours(1);

    /// <summary>The specification.</summary>
    public required string File { get; init; }

    /// <summary>The address of jobs-manager; null: its Service in the namespace.</summary>
    public Uri? To { get; init; }

    /// <summary>The file of the token; null: that of the pod's service account.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The key; null: it follows the content, and the ConfigMap if one is named.</summary>
    public string? Key { get; init; }

    /// <summary>The ConfigMap whose uid is a part of the key.</summary>
    public string? ConfigMap { get; init; }

    public string? ImageDigest { get; init; }

    public int? Parallelism { get; init; }

    /// <summary>The longest time in which jobs-manager is away.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>The longest wait for the end of the run; null: none.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The namespace of jobs-manager and of the ConfigMap; null: that of the pod or of the context.</summary>
    public string? Namespace { get; init; }

    public ClusterOptions Cluster { get; init; } = new(null, null);

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
