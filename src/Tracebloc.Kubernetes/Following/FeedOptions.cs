namespace Tracebloc.Kubernetes;

/// <summary>Options of an <see cref="ObjectFeed"/>; the defaults are those of client-go.</summary>
public sealed record FeedOptions
{
    /// <summary>Objects in a page of a list that is not streamed. Halved for pages that are too long.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Asks for streamed lists, where the server has them (Kubernetes 1.32 and newer).</summary>
    public bool StreamLists { get; init; } = true;

    /// <summary>
    /// Asked before each list: what the reader has already; null for nothing. Then the list is of metadata, and only
    /// what the reader lacks is read whole. It must not throw anything but the cancellation.
    /// </summary>
    public Func<CancellationToken, Task<KnownObjects?>>? Known { get; init; }

    /// <summary>The pause after a first failure; each further one doubles it, with jitter down to the half.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Numbers from 0 up to 1, for the jitter of pauses.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
