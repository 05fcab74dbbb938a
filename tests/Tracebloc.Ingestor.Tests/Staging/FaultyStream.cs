using Tracebloc.Net;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>A stream to the far side that is cut, or that changes a byte, at some place.</summary>
/// <param name="inner">The stream behind it.</param>
internal sealed class FaultyStream(Stream inner) : AsyncStream
{
    private long _position;

    /// <summary>After so many bytes the connection is cut.</summary>
    public long CutAt { get; init; } = long.MaxValue;

    /// <summary>The byte of this place is another one.</summary>
    public long FlipAt { get; init; } = -1;

    /// <summary>Called with the bytes that have passed.</summary>
    public Action<long>? Passed { get; init; }

    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = buffer.ToArray();
        if (FlipAt >= _position && FlipAt < _position + bytes.Length) bytes[FlipAt - _position] ^= 0x01;
        var passing = (int)Math.Min(bytes.Length, CutAt - _position);
        await inner.WriteAsync(bytes.AsMemory(0, passing), cancellationToken);
        await inner.FlushAsync(cancellationToken);
        _position += passing;
        Passed?.Invoke(_position);
        if (passing == bytes.Length) return;
        await inner.DisposeAsync();
        throw new IOException("the connection was cut");
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
