using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// The body of a call on its way to the backend, checked before it is sent. A body that fits into one buffer of 64 KiB
/// is checked as a whole first, and can be sent again. A longer one is sent as it is checked, so that a batch of 64 MiB
/// takes no more memory; its last byte stays back until the end was checked, and a refused one breaks the connection:
/// the backend never has the whole of a body that is not allowed.
/// </summary>
internal sealed class CheckedBody(Stream source, BodyShape shape, long? length) : IDisposable
{
    /// <summary>The longest body that can be sent again.</summary>
    public const int MostWhole = 64 * 1024;

    private const int LongestValue = 512 * 1024;

    private readonly ShapeCheck _check = new(shape);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(MostWhole);
    private int _checked, _filled;
    private bool _ended, _streamed;

    /// <summary>The reason not to send it, or no more of it.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>True while nothing of it is lost for another attempt.</summary>
    public bool CanRepeat => !_streamed;

    /// <summary>Its length; null where the client did not announce it.</summary>
    public long? Length => _ended && !_streamed ? _filled : length;

    /// <summary>Reads and checks until the buffer is full, the body ends, or it is refused.</summary>
    public async Task FillAsync(CancellationToken token)
    {
        try
        {
            while (!_ended && Refusal is null && _filled < _buffer.Length)
            {
                var read = await source.ReadAsync(_buffer.AsMemory(_filled), token);
                (_filled, _ended) = (_filled + read, read == 0);
                _checked += _check.Read(_buffer.AsSpan(_checked, _filled - _checked), _ended);
                Refusal = _check.Refusal;
            }
        }
        catch (BadHttpRequestException fault)
        {
            // Too long, too slow, or not the chunks that it was announced as.
            Refusal = new(fault.StatusCode, $"the body was not accepted: {fault.Message}");
        }
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">It was refused on the way, or is sent for the second time.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken token)
    {
        if (_streamed) throw new IOException("The body was sent in part already.");
        while (!_ended)
        {
            _streamed = true;
            await WriteCheckedAsync(target, token);
            await FillAsync(token);
            if (Refusal is { } refusal) throw new IOException(refusal.Words);
        }

        await target.WriteAsync(_buffer.AsMemory(0, _filled), token);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task WriteCheckedAsync(Stream target, CancellationToken token)
    {
        var ready = Math.Max(0, _checked - 1);
        await target.WriteAsync(_buffer.AsMemory(0, ready), token);
        _buffer.AsSpan(ready, _filled - ready).CopyTo(_buffer);
        (_checked, _filled) = (_checked - ready, _filled - ready);
        if (_filled == _buffer.Length) Grow();
    }

    // A single value is longer than the buffer.
    private void Grow()
    {
        if (_buffer.Length >= LongestValue)
        {
            Refusal = new(413, $"the body has a value of more than {LongestValue} bytes");
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
