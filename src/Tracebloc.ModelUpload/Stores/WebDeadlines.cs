namespace Tracebloc.ModelUpload.Stores;

/// <summary>The waits of one call. A body as a whole has none: a model may take hours.</summary>
internal sealed record WebDeadlines
{
    /// <summary>Name, connection and TLS.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the request to the answer's headers, the connection included.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two reads of a body.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);
}
