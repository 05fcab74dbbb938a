using System.Buffers;

namespace Tracebloc.Database;

/// <summary>
/// Rows in the form of LOAD DATA, held whole in memory, so that they can be sent again. A field that is put between
/// quotes is also a literal of SQL. Its memory is returned when it is disposed.
/// </summary>
public sealed class EncodedChunk : IDisposable
{
    private byte[]? _bytes;
    private readonly int _length;
    private readonly long[] _lines;

    internal EncodedChunk(byte[] bytes, int length, long[] lines) => (_bytes, _length, _lines) = (bytes, length, lines);

    /// <summary>The number of rows.</summary>
    public int Count => _lines.Length;

    /// <summary>The number of bytes.</summary>
    public int Length => _length;

    /// <summary>The rows, each ended by a line feed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The line of a row in its source, both from 1; null where the chunk has no such row.</summary>
    public long? LineOf(long row) => row >= 1 && row <= _lines.Length ? _lines[row - 1] : null;

    internal Stream Open() => new MemoryStream(_bytes ?? [], 0, _length, writable: false);

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
