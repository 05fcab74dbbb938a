using System.Buffers.Binary;
using System.Globalization;

namespace Tracebloc.ModelUpload.Models;

/// <summary>
/// CRC-64/NVME, the full-object checksum of S3, eight bytes a step. .NET's own Crc64 has the polynomial of ECMA-182.
/// </summary>
internal sealed class Crc64NvmeHasher : IContentHasher
{
    // NVM Command Set Specification 1.0, 5.2.1.3.4, its bits reversed.
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;

    private const int Step = sizeof(ulong);

    // The remainder of each byte with 0 to 7 zero bytes behind it.
    private static readonly ulong[][] Tables = MakeTables();

    private ulong _inverted = ulong.MaxValue;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= Step; bytes = bytes[Step..])
            _inverted = Folded(_inverted ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes)
            _inverted = Tables[0][(byte)_inverted ^ rest] ^ (_inverted >> 8);
    }

    public string Hex() => (~_inverted).ToString("x16", CultureInfo.InvariantCulture);

    public void Dispose()
    {
    }

    private static ulong Folded(ulong word)
    {
        var folded = 0UL;
        for (var place = Step - 1; place >= 0; place--, word >>= 8)
            folded ^= Tables[place][(byte)word];
        return folded;
    }

    private static ulong[][] MakeTables()
    {
        var tables = new ulong[Step][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(value => Remainder((ulong)value))];
        for (var place = 1; place < Step; place++)
            tables[place] = [.. tables[place - 1].Select(shorter => tables[0][(byte)shorter] ^ (shorter >> 8))];
        return tables;
    }

    private static ulong Remainder(ulong value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        return value;
    }
}
