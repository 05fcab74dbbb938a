namespace Tracebloc.Kubernetes;

/// <summary>Deadlines and limits of the client.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>The deadline of one call, its retries and the waits between them included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The requested duration of one watch request; a watch resumes after each. Should nothing arrive
    /// for this long and <see cref="RequestTimeout"/> more, the connection counts as dead.
    /// </summary>
    public TimeSpan WatchRequestTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts after the first, where a repetition is safe.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>Connections for everything but watches and streams, which take one each.</summary>
    public int MaxConnections { get; init; } = 8;

    /// <summary>Bytes of one answer, or of one event of a watch; more is an error.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Up to the first slash this is also the default field manager.</summary>
    public string UserAgent { get; init; } = "tracebloc";
}
