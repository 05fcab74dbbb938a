using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The sequences of a data set, numbered in the order of their first rows.</summary>
/// <param name="most">The sequences that fit; the table takes about 60 bytes for each.</param>
internal sealed class SequenceTable(int most = SequenceTable.Most)
{
    /// <summary>The sequences of one data set.</summary>
    public const int Most = 1_000_000;

    private const int KeyBytes = 16;

    private readonly Dictionary<UInt128, int> _places = [];

    /// <summary>The number of sequences.</summary>
    public int Count => _places.Count;

    /// <summary>The number of a sequence; -1 for one that does not fit any more.</summary>
    /// <param name="id">In its canonical form.</param>
    public int IndexOf(ReadOnlySpan<byte> id)
    {
        var key = KeyOf(id);
        if (_places.TryGetValue(key, out var place)) return place;
        if (_places.Count == most) return -1;
        _places.Add(key, place = _places.Count);
        return place;
    }

    // A short id is its own key, with its length in the last byte; a longer one is hashed.
    private static UInt128 KeyOf(ReadOnlySpan<byte> id)
    {
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        if (id.Length < KeyBytes)
        {
            key.Clear();
            id.CopyTo(key);
            key[KeyBytes - 1] = (byte)id.Length;
        }
        else
        {
            SHA256.HashData(id, key);
            key[KeyBytes - 1] = byte.MaxValue;
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(key);
    }
}
