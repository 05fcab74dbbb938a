using System.Buffers;
using System.Buffers.Text;

namespace Tracebloc.Database;

/// <summary>Encodes rows until a chunk is full.</summary>
public sealed class ChunkBuilder
{
    /// <summary>The bytes after which a chunk takes no further row.</summary>
    public const int MostBytes = Capacity - Spare;

    /// <summary>The rows of a chunk, under the limits of every kind of replication.</summary>
    public const int MostRows = 50_000;

    // A row of usual length never makes the memory grow, which would double it.
    private const int Capacity = 2 << 20;
    private const int Spare = 64 << 10;

    private const int LongestNumber = 20;

    // The first four have a meaning for LOAD DATA, the last for a literal of SQL; both read all escapes alike.
    private static readonly SearchValues<byte> Special = SearchValues.Create("\0\t\n\\'"u8);

    private byte[] _bytes = [];
    private int _length;
    private int _rowStart;
    private bool _hasField;
    private readonly List<long> _lines = [];

    /// <summary>The finished rows.</summary>
    public int Count => _lines.Count;

    /// <summary>True when the chunk takes no further row.</summary>
    public bool IsFull => Count >= MostRows || _rowStart >= MostBytes;

    /// <summary>Adds a field of any text.</summary>
    /// <param name="text">In UTF-8.</param>
    public void Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + 2);
        Separate();
        while (text.IndexOfAny(Special) is >= 0 and var index)
        {
            Append(text[..index]);
            Append([(byte)'\\', Escape(text[index])]);
            text = text[(index + 1)..];
            Reserve(text.Length + 2);
        }

        Append(text);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(long number)
    {
        Reserve(LongestNumber + 1);
        Separate();
        _ = Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Adds NULL.</summary>
    public void AddNull()
    {
        Reserve(3);
        Separate();
        Append("\\N"u8);
    }

    /// <summary>Ends the row.</summary>
    /// <param name="line">Its line in the source, from 1.</param>
    public void EndRow(long line)
    {
        Reserve(1);
        _bytes[_length++] = (byte)'\n';
        (_rowStart, _hasField) = (_length, false);
        _lines.Add(line);
    }

    /// <summary>The finished rows; the builder is empty afterwards, but for a row that has begun.</summary>
    public EncodedChunk Take()
    {
        var rest = _bytes.AsSpan(_rowStart, _length - _rowStart);
        var chunk = new EncodedChunk(_bytes, _rowStart, [.. _lines]);
        var next = rest.IsEmpty ? [] : Rent(rest.Length);
        rest.CopyTo(next);
        (_bytes, _length, _rowStart) = (next, rest.Length, 0);
        _lines.Clear();
        return chunk;
    }

    private static byte Escape(byte special) => special switch
    {
        0 => (byte)'0',
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        _ => special,
    };

    private void Separate()
    {
        if (_hasField) _bytes[_length++] = (byte)'\t';
        _hasField = true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int more)
    {
        more += 2;
        if (_bytes.Length - _length >= more) return;
        var larger = Rent(Math.Max(_length + more, _bytes.Length == 0 ? Capacity : _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private static byte[] Rent(int length) => ArrayPool<byte>.Shared.Rent(length);
}
