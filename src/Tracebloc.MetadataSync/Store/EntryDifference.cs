namespace Tracebloc.MetadataSync.Store;

/// <summary>A row of a table of labels or annotations.</summary>
internal sealed record EntryRow(string Uid, string Key, string Value);

/// <summary>The rows to put and to remove, so that the labels or annotations of some objects are as wanted.</summary>
internal sealed record EntryDifference(IReadOnlyList<EntryRow> Puts, IReadOnlyList<(string Uid, string Key)> Removals)
{
    /// <param name="stored">The rows of all those objects.</param>
    /// <param name="wanted">The entries of each object, by uid.</param>
    public static EntryDifference Of(
        IEnumerable<EntryRow> stored, IReadOnlyList<(string Uid, IReadOnlyDictionary<string, string> Entries)> wanted)
    {
        var there = stored.ToDictionary(row => (row.Uid, row.Key), row => row.Value);
        var puts = new List<EntryRow>();
        foreach (var (uid, entries) in wanted)
            foreach (var (key, value) in entries)
                if (!there.Remove((uid, key), out var known) || known != value)
                    puts.Add(new EntryRow(uid, key, value));
        return new EntryDifference(puts, [.. there.Keys]);
    }
}
