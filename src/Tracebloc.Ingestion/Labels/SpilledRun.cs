using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Ingestion.Labels;

/// <summary>Reads sorted keys out of a part of a file.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The bytes before the part.</param>
/// <param name="count">The keys of the part.</param>
/// <param name="buffered">The keys that are read at once.</param>
internal sealed class SpilledRun(SafeFileHandle file, long offset, long count, int buffered)
{
    private readonly ulong[] _buffer = new ulong[Math.Min(buffered, count)];
    private long _read;
    private int _filled;
    private int _next;

    public ulong Current { get; private set; }

    /// <exception cref="IOException">The file cannot be read, or is shorter.</exception>
    public bool MoveNext()
    {
        if (_next == _filled && !Fill()) return false;
        Current = _buffer[_next++];
        return true;
    }

    private bool Fill()
    {
        (_next, _filled) = (0, (int)Math.Min(_buffer.Length, count - _read));
        var bytes = MemoryMarshal.AsBytes(_buffer.AsSpan(0, _filled));
        for (var at = offset + _read * sizeof(ulong); bytes.Length > 0;)
        {
            var length = RandomAccess.Read(file, bytes, at);
            if (length == 0) throw new IOException("The scratch file of the label's values was cut off.");
            bytes = bytes[length..];
            at += length;
        }

        _read += _filled;
        return _filled > 0;
    }
}
