namespace Tracebloc.Ingestion.Staging;

/// <summary>The two streams of a connection.</summary>
/// <param name="Incoming">The bytes of the other side.</param>
/// <param name="Outgoing">The bytes for the other side.</param>
public sealed record StagingStreams(Stream Incoming, Stream Outgoing) : IAsyncDisposable
{
    /// <summary>Closes both.</summary>
    public async ValueTask DisposeAsync()
    {
        await Outgoing.DisposeAsync();
        await Incoming.DisposeAsync();
    }
}
