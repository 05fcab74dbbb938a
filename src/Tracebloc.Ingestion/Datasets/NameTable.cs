using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>
/// Names of files by their hashes: 16 bytes each in a table that is at most three quarters full. Names that differ by
/// case alone are recognised.
/// </summary>
/// <remarks>
/// 96 bits of a SHA-256 with a random key: two of a million names collide once in 10^17 runs, and no author of a
/// manifest can make them.
/// </remarks>
internal sealed class NameTable
{
    private const int KeyBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);
    private Entry[] _entries = new Entry[1024];

    /// <summary>The names.</summary>
    public int Count { get; private set; }

    /// <summary>The names that were marked.</summary>
    public int Marked { get; private set; }

    /// <summary>Adds a name.</summary>
    /// <returns>False where it, or one that differs by case alone, is there already.</returns>
    public bool Add(string name)
    {
        if (Count >= _entries.Length / 4 * 3) Grow();
        var entry = HashOf(name);
        ref var place = ref Find(_entries, entry.Folded);
        if (place.Folded != 0) return false;
        place = entry;
        Count++;
        return true;
    }

    /// <summary>Finds a name.</summary>
    public NameMatch Find(string name)
    {
        var entry = HashOf(name);
        ref var place = ref Find(_entries, entry.Folded);
        return Match(place, entry);
    }

    /// <summary>Finds a name and marks it.</summary>
    public NameMatch Mark(string name)
    {
        var entry = HashOf(name);
        ref var place = ref Find(_entries, entry.Folded);
        var match = Match(place, entry);
        if (match != NameMatch.Same || place.IsMarked) return match;
        place = place with { IsMarked = true };
        Marked++;
        return match;
    }

    /// <summary>True for a name that was marked.</summary>
    public bool IsMarked(string name)
    {
        var entry = HashOf(name);
        ref var place = ref Find(_entries, entry.Folded);
        return Match(place, entry) == NameMatch.Same && place.IsMarked;
    }

    private static NameMatch Match(Entry found, Entry entry) =>
        found.Folded == 0 ? NameMatch.Absent
        : found.Exact == entry.Exact ? NameMatch.Same
        : NameMatch.OtherCase;

    private static ref Entry Find(Entry[] entries, ulong folded)
    {
        var at = (int)(folded & (ulong)(entries.Length - 1));
        while (entries[at].Folded != 0 && entries[at].Folded != folded) at = (at + 1) & (entries.Length - 1);
        return ref entries[at];
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        foreach (var entry in _entries)
            if (entry.Folded != 0) Find(larger, entry.Folded) = entry;
        _entries = larger;
    }

    private Entry HashOf(string name)
    {
        // 0 marks a free place.
        var folded = BinaryPrimitives.ReadUInt64LittleEndian(Hash(name.ToUpperInvariant(), stackalloc byte[32]));
        var exact = BinaryPrimitives.ReadUInt32LittleEndian(Hash(name, stackalloc byte[32]));
        return new(folded == 0 ? 1 : folded, exact, false);
    }

    private Span<byte> Hash(string text, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 4 * ManifestName.LongestBytes];
        _key.CopyTo(bytes);
        if (!Encoding.UTF8.TryGetBytes(text, bytes[KeyBytes..], out var length))
            return Hash(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))), hash);
        SHA256.HashData(bytes[..(KeyBytes + length)], hash);
        return hash;
    }

    private readonly record struct Entry(ulong Folded, uint Exact, bool IsMarked);
}
