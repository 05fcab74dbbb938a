using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Parts of an image's file, read as they are asked for.</summary>
internal sealed class ImageBytes(SafeFileHandle file)
{
    private const int WindowBytes = 4096;

    private readonly byte[] _window = new byte[WindowBytes];
    private long _start = -1;
    private int _filled;

    /// <summary>The bytes of the file.</summary>
    public long Length { get; } = RandomAccess.GetLength(file);

    /// <summary>Some bytes at a position, fewer at the end of the file; valid until the next call.</summary>
    /// <param name="position">Counted from 0.</param>
    /// <param name="count">At most 4096.</param>
    public ReadOnlySpan<byte> At(long position, int count)
    {
        if (_start < 0 || position < _start || position + count > _start + _filled)
            (_start, _filled) = (position, Fill(_window, position));
        return _window.AsSpan((int)(position - _start), Math.Min(count, _filled - (int)(position - _start)));
    }

    /// <summary>The bytes from a position to the end of the file.</summary>
    public ReadOnlySpan<byte> Tail(long position)
    {
        var tail = new byte[Math.Max(0, Length - position)];
        return tail.AsSpan(0, Fill(tail, position));
    }

    private int Fill(Span<byte> buffer, long position)
    {
        var filled = 0;
        while (filled < buffer.Length
            && RandomAccess.Read(file, buffer[filled..], position + filled) is > 0 and var read)
        {
            filled += read;
        }

        return filled;
    }
}
