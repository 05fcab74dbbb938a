namespace Tracebloc.ModelUpload.Destinations;

/// <summary>Cuts a stream into full parts and a last one, and knows the last one as such.</summary>
internal sealed class PartReader(Stream stream)
{
    private readonly byte[] _next = new byte[1];
    private bool _hasNext;

    /// <summary>True after the part that ends the stream.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Fills the buffer.</summary>
    /// <returns>The bytes; fewer than the buffer has only in the last part.</returns>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        if (_hasNext)
            buffer.Span[count++] = _next[0];
        _hasNext = false;
        while (count < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer[count..], cancellationToken);
            if (read == 0)
            {
                IsAtEnd = true;
                return count;
            }
            count += read;
        }
        _hasNext = await stream.ReadAsync(_next, cancellationToken) > 0;
        IsAtEnd = !_hasNext;
        return count;
    }
}
