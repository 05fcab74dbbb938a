using System.Buffers.Binary;
using System.Text;

namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// The header of a regular file in GNU's tar format, the same for the same name and length: mode 0664, owner 0, no
/// owner names, time 0. Lengths from 8 GiB on are binary and long names have an entry of their own, since Clair and
/// other scanners fail on PAX headers.
/// </summary>
/// <seealso href="https://www.gnu.org/software/tar/manual/html_node/Standard.html"/>
internal static class TarHeader
{
    public const int BlockBytes = 512;

    private const int NameBytes = 100, SizeAt = 124, SizeBytes = 12, ChecksumAt = 148, ChecksumBytes = 8;
    private const long FirstBinarySize = 1L << 33;

    /// <summary>The bytes of <see cref="Of"/>.</summary>
    public static int LengthOf(string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes <= NameBytes ? BlockBytes : (2 * BlockBytes) + Padded(bytes + 1);
    }

    /// <summary>The blocks that precede a file's bytes.</summary>
    public static byte[] Of(string name, long length)
    {
        var encoded = Encoding.UTF8.GetBytes(name);
        var header = new byte[LengthOf(name)];
        if (encoded.Length > NameBytes)
        {
            Write(header, "././@LongLink"u8, encoded.Length + 1, 'L');
            encoded.CopyTo(header.AsSpan(BlockBytes));
        }

        var shortened = encoded.AsSpan(0, Math.Min(encoded.Length, NameBytes));
        Write(header.AsSpan(header.Length - BlockBytes), shortened, length, '0');
        return header;
    }

    /// <summary>The zeros after a file's bytes, up to the next block.</summary>
    public static int PaddingOf(long length) => (int)(-length & (BlockBytes - 1));

    private static int Padded(int length) => length + PaddingOf(length);

    private static void Write(Span<byte> block, ReadOnlySpan<byte> name, long length, char type)
    {
        name.CopyTo(block);
        "0000664\0"u8.CopyTo(block[100..]);
        "0000000\0"u8.CopyTo(block[108..]);
        "0000000\0"u8.CopyTo(block[116..]);
        WriteSize(block.Slice(SizeAt, SizeBytes), length);
        "00000000000\0"u8.CopyTo(block[136..]);
        block.Slice(ChecksumAt, ChecksumBytes).Fill((byte)' ');
        block[156] = (byte)type;
        "ustar  \0"u8.CopyTo(block[257..]);
        var sum = 0;
        foreach (var value in block[..BlockBytes])
            sum += value;
        WriteOctal(block.Slice(ChecksumAt, 6), sum);
        block[ChecksumAt + 6] = 0;
    }

    private static void WriteSize(Span<byte> field, long length)
    {
        if (length < FirstBinarySize)
        {
            WriteOctal(field[..^1], length);
            return;
        }

        field[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], length);
    }

    private static void WriteOctal(Span<byte> field, long value)
    {
        for (var at = field.Length - 1; at >= 0; at--, value >>= 3)
            field[at] = (byte)('0' + (value & 7));
    }
}
