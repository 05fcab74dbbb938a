namespace Tracebloc.Ingestion.Tests.Staging;

/// <summary>A stream that has a few bytes at a time.</summary>
internal sealed class ChunkedStream(byte[] content, int chunk) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
}
