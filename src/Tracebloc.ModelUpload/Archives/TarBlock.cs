using System.Buffers.Binary;
using System.Text;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>The fields of a header block of the formats v7, ustar, PAX and GNU.</summary>
/// <seealso href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html"/>
internal sealed record TarBlock(string Name, char Type, long? Length)
{
    public const int Bytes = 512;

    private const int ChecksumAt = 148, ChecksumBytes = 8, MagicAt = 257, PrefixAt = 345;

    /// <summary>The bytes after the content, up to the next block.</summary>
    public static int PaddingOf(long length) => (int)(-length & (Bytes - 1));

    public static bool IsZero(ReadOnlySpan<byte> block) => !block.ContainsAnyExcept((byte)0);

    /// <summary>True where the stated sum is that of the bytes, unsigned or, as old programs did, signed.</summary>
    public static bool IsSumRight(ReadOnlySpan<byte> block)
    {
        var (unsigned, signed) = (0L, 0L);
        for (var at = 0; at < Bytes; at++)
        {
            var value = at is >= ChecksumAt and < ChecksumAt + ChecksumBytes ? (byte)' ' : block[at];
            unsigned += value;
            signed += (sbyte)value;
        }

        return Number(block.Slice(ChecksumAt, ChecksumBytes)) is { } stated && (stated == unsigned || stated == signed);
    }

    /// <summary>Reads a block whose sum is right; a length that is no number, or negative, is null.</summary>
    public static TarBlock Read(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..100]);
        // GNU's magic ends in a space, and its times are where others have the folders.
        var hasPrefix = block.Slice(MagicAt, 6).SequenceEqual("ustar\0"u8);
        if (hasPrefix && Text(block.Slice(PrefixAt, 155)) is { Length: > 0 } prefix)
            name = $"{prefix}/{name}";
        return new TarBlock(name, (char)block[156], Number(block.Slice(124, 12)));
    }

    /// <summary>Bytes up to the first NUL; what is not UTF-8 shows as U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long? Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
            return Binary(field);
        var digits = field.Trim(" \0"u8);
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'7'))
            return null;
        var value = 0L;
        foreach (var digit in digits)
            value = (value << 3) | (uint)(digit - '0');
        return value;
    }

    private static long? Binary(ReadOnlySpan<byte> field)
    {
        var isPositive = field[0] == 0x80 && !field[1..^8].ContainsAnyExcept((byte)0);
        var value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        return isPositive && value >= 0 ? value : null;
    }
}
