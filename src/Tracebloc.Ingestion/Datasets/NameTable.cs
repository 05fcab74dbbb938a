using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>
/// Names of files by their hashes: 16 bytes each in a table that is at most three quarters full. Names that differ by
/// case alone are recognised.
/// </summary>
/// <remarks>
/// 64 bits of SipHash with a random key, and 32 of the runtime's keyed hash: no author of a manifest can make two names
/// collide. Of a million names, two are taken for names in other case in one of 30 million runs.
/// </remarks>
internal sealed class NameTable
{
    private const int LongestOnStack = 256;

    private readonly SipHash _hash = new(RandomKey(), RandomKey());
    private Entry[] _entries = new Entry[1024];

    /// <summary>The names.</summary>
    public int Count { get; private set; }

    /// <summary>The memory of the table.</summary>
    public long Bytes => (long)_entries.Length * Unsafe.SizeOf<Entry>();

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

    private static ulong RandomKey() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        foreach (var entry in _entries)
            if (entry.Folded != 0) Find(larger, entry.Folded) = entry;
        _entries = larger;
    }

    private Entry HashOf(string name)
    {
        Span<char> folded = name.Length <= LongestOnStack ? stackalloc char[name.Length] : new char[name.Length];
        name.AsSpan().ToUpperInvariant(folded);
        var hash = _hash.Of(MemoryMarshal.AsBytes(folded));
        // 0 marks a free place.
        return new(hash == 0 ? 1 : hash, name.GetHashCode(StringComparison.Ordinal), false);
    }

    private readonly record struct Entry(ulong Folded, int Exact, bool IsMarked);
}
