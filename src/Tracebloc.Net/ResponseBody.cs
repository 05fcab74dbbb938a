using System.Buffers;

namespace Tracebloc.Net;

/// <summary>The whole body of an answer, in a rented buffer.</summary>
public sealed class ResponseBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private ResponseBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes, valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body to its end.</summary>
    /// <param name="content">The answer.</param>
    /// <param name="limit">The most bytes that are accepted.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InvalidDataException">The body is longer than the limit.</exception>
    public static async Task<ResponseBody> ReadAsync(
        HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? 16 * 1024;
        if (announced > limit) throw TooLong(limit);
        var body = new ResponseBody((int)announced + 1); // one more, so that the end is seen without growing
        try
        {
            await body.FillAsync(content, limit, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async Task FillAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken) is > 0 and var read)
        {
            _length += read;
            if (_length > limit) throw TooLong(limit);
            if (_length == _buffer.Length) Grow();
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Returns the buffer.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private static InvalidDataException TooLong(int limit) => new($"the answer is longer than {limit} bytes");
}
