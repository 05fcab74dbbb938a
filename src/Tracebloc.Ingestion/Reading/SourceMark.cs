using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// The identity of a source's content: its length and a checksum of each block. A second pass proves by it that it
/// reads the bytes of the first.
/// </summary>
public sealed record SourceMark
{
    /// <summary>The bytes of a block.</summary>
    public const int BlockBytes = 4 << 20;

    private readonly uint[] _blocks;

    internal SourceMark(long length, uint[] blocks) => (Length, _blocks) = (length, blocks);

    /// <summary>A mark that an earlier pass has made and written down.</summary>
    /// <param name="length">The bytes of the source.</param>
    /// <param name="blocks">The checksum of each block.</param>
    public static SourceMark Of(long length, IEnumerable<uint> blocks) => new(length, [.. blocks]);

    /// <summary>The mark of a source whose slices were read one by one.</summary>
    /// <param name="slices">In their order: each begins where the one before ends, the first one at 0.</param>
    public static SourceMark Of(IEnumerable<FoundSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        var (blocks, length) = (new List<uint>(), 0L);
        foreach (var slice in slices)
        {
            foreach (var checksum in slice.Checksums)
            {
                var (end, before) = (Math.Min(slice.End, (length / BlockBytes + 1) * BlockBytes), length);
                if (before % BlockBytes == 0) blocks.Add(checksum);
                else blocks[^1] = Crc32C.Combine(blocks[^1], checksum, end - before);
                length = end;
            }
        }

        return new(length, [.. blocks]);
    }

    /// <summary>The bytes of the source.</summary>
    public long Length { get; }

    /// <summary>CRC-32C of each block, the last one shorter.</summary>
    public IReadOnlyList<uint> Blocks => _blocks;

    /// <summary>The length and a SHA-256 of all checksums, for a journal: at most 84 characters.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Length}-{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(_blocks.AsSpan())))}");

    /// <summary>Compares the content.</summary>
    public bool Equals(SourceMark? other) =>
        other is not null && Length == other.Length && _blocks.AsSpan().SequenceEqual(other._blocks);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Length, _blocks.Length, _blocks.LastOrDefault());
}
