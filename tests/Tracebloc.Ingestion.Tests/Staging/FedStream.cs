using System.Threading.Channels;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Tests.Staging;

/// <summary>A stream whose bytes a test feeds, and which signals each read that waits for them.</summary>
internal sealed class FedStream : AsyncStream
{
    private readonly Channel<byte[]> _fed = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _waits = new(0);

    public override bool CanRead => true;

    public void Feed(params byte[] bytes) => Assert.True(_fed.Writer.TryWrite(bytes));

    /// <summary>Returns once for each read, when it waits.</summary>
    public Task WaitsAsync(CancellationToken token) => _waits.WaitAsync(token);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _waits.Release();
        var bytes = await _fed.Reader.ReadAsync(cancellationToken);
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _waits.Dispose();
        base.Dispose(disposing);
    }
}
