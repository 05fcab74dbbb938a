using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Tracebloc.ModelUpload.Models;

/// <summary>
/// CRC-32C (RFC 3720) by the processor's instruction, which .NET offers by word; System.IO.Hashing has CRC-32 alone.
/// </summary>
internal sealed class Crc32CHasher : IContentHasher
{
    private uint _inverted = uint.MaxValue;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            _inverted = BitOperations.Crc32C(_inverted, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            _inverted = BitOperations.Crc32C(_inverted, rest);
    }

    public string Hex() => (~_inverted).ToString("x8", CultureInfo.InvariantCulture);

    public void Dispose()
    {
    }
}
