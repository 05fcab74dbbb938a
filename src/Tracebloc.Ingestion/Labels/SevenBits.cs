using System.Buffers;

namespace Tracebloc.Ingestion.Labels;

/// <summary>Numbers as bytes, seven bits each, the lowest first: small numbers are short.</summary>
internal static class SevenBits
{
    /// <summary>The bytes of a number at most.</summary>
    public const int Longest = 10;

    public static void Write(ArrayBufferWriter<byte> to, ulong number)
    {
        var bytes = to.GetSpan(Longest);
        var length = 0;
        for (; number >= 0x80; number >>= 7) bytes[length++] = (byte)(number | 0x80);
        bytes[length++] = (byte)number;
        to.Advance(length);
    }

    /// <exception cref="InvalidDataException">The bytes end before the number.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64 && at < from.Length; shift += 7)
        {
            var part = from[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return number;
        }

        throw new InvalidDataException("The findings of a part of the rows are cut off.");
    }
}
