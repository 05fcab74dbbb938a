using System.Threading.Channels;

namespace Tracebloc.Ingestion.Tests.Staging;

/// <summary>A stream whose bytes a test feeds, and which signals each read that waits for them.</summary>
internal sealed class FedStream : Stream
{
    private readonly Channel<byte[]> _fed = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _waits = new(0);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _waits.Dispose();
        base.Dispose(disposing);
    }
}
