using ZstdSharp;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Reads the chunks of files as they were before compression.</summary>
public sealed class ChunkReader : IDisposable
{
    internal const byte Plain = 0, Zstd = 1;

    private readonly byte[] _buffer = new byte[Frame.LargestPayload];
    private Decompressor? _decompressor;

    /// <summary>The bytes of a chunk, valid until the next one is read.</summary>
    /// <exception cref="StagingException">It is malformed, or longer than a chunk may be.</exception>
    public ReadOnlyMemory<byte> Read(Frame frame)
    {
        if (frame is not { Type: FrameType.Data, Payload.Length: > 1 }) throw StagingMessages.Unexpected(frame);
        var content = frame.Payload[1..];
        return frame.Payload.Span[0] switch
        {
            Plain => content,
            Zstd => Decompress(content.Span),
            var other => throw StagingException.Malformed($"compression {other} is unknown"),
        };
    }

    private ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> content)
    {
        _decompressor ??= new Decompressor();
        try
        {
            return _decompressor.TryUnwrap(content, _buffer, out var length)
                ? _buffer.AsMemory(0, length)
                : throw StagingException.Malformed("a chunk is longer than allowed");
        }
        catch (ZstdException fault)
        {
            throw new StagingException(
                StagingFailure.Damaged, $"Transfer failed: a compressed chunk is damaged: {fault.Message}; start again",
                fault);
        }
    }

    /// <summary>Frees it.</summary>
    public void Dispose() => _decompressor?.Dispose();
}
