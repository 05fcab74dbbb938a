using System.Text;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Writes a frame's payload: numbers of variable length, and texts after their length.</summary>
/// <param name="buffer">The room for the payload.</param>
public ref struct PayloadWriter(Span<byte> buffer)
{
    /// <summary>The most bytes of a number.</summary>
    public const int LongestNumber = 9;

    private readonly Span<byte> _buffer = buffer;

    /// <summary>The bytes that are written.</summary>
    public int Length { get; private set; }

    /// <summary>The room that is left.</summary>
    public readonly int Room => _buffer.Length - Length;

    /// <summary>Writes a byte.</summary>
    public void Byte(byte value) => _buffer[Length++] = value;

    /// <summary>Writes a number that is not negative, seven bits in a byte.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>Writes bytes of a length that the reader knows.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    /// <summary>Writes a hash.</summary>
    public void Hash(FileHash hash)
    {
        hash.CopyTo(_buffer[Length..]);
        Length += FileHash.Size;
    }

    /// <summary>Writes a text.</summary>
    public void Text(string text)
    {
        Number(Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, _buffer[Length..]);
    }
}
