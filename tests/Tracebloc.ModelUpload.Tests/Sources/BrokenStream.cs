using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Tests.Sources;

/// <summary>Gives the first bytes, then a fault.</summary>
internal sealed class BrokenStream(byte[] content, int good, Func<Exception> fault) : AsyncStream
{
    private int _reached;

    public override bool CanRead => true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(Math.Min(good, content.Length) - _reached, buffer.Length);
        if (count == 0)
            throw fault();
        content.AsSpan(_reached, count).CopyTo(buffer.Span);
        _reached += count;
        return ValueTask.FromResult(count);
    }
}
