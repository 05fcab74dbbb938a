using System.Numerics;
using System.Runtime.InteropServices;

namespace Tracebloc.Ingestion.Reading;

/// <summary>The checksum of blocks.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78, One = 1u << 31;

    // x to the powers 1, 2, 4, 8 and so on; the bits of a block need 27 of them.
    private static readonly uint[] Powers = MakePowers();

    /// <summary>Goes on with a checksum that is not inverted.</summary>
    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) checksum = BitOperations.Crc32C(checksum, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..]) checksum = BitOperations.Crc32C(checksum, rest);
        return checksum;
    }

    /// <summary>The checksum of bytes and those that follow them.</summary>
    /// <param name="first">The checksum of the first bytes.</param>
    /// <param name="second">The checksum of the bytes behind them.</param>
    /// <param name="length">The number of the bytes behind them, at most those of a block.</param>
    public static uint Combine(uint first, uint second, long length)
    {
        var shift = One;
        for (var power = 3; length != 0; power++, length >>= 1)
            if ((length & 1) != 0) shift = Multiply(Powers[power], shift);
        return Multiply(shift, first) ^ second;
    }

    // Polynomials over two elements, modulo the checksum's, with their bits reversed.
    private static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0) product ^= right;
            right = (right & 1) != 0 ? right >> 1 ^ Polynomial : right >> 1;
        }

        return product;
    }

    private static uint[] MakePowers()
    {
        var powers = new uint[32];
        powers[0] = One >> 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = Multiply(powers[i - 1], powers[i - 1]);
        return powers;
    }
}
