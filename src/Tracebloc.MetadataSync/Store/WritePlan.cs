namespace Tracebloc.MetadataSync.Store;

/// <summary>The rows that a batch makes and changes, in the order of uids, and the outcome for each write.</summary>
internal sealed record WritePlan(
    IReadOnlyList<PlannedRow> Inserts, IReadOnlyList<PlannedRow> Updates, IReadOnlyList<WriteOutcome> Outcomes)
{
    /// <param name="writes">Of several for one uid, each is decided after the ones before it.</param>
    /// <param name="stored">The rows that exist, by uid.</param>
    /// <param name="rule">The rule.</param>
    public static WritePlan Of(
        IReadOnlyList<RowWrite> writes, IReadOnlyDictionary<string, StoredRow> stored, WriteRule rule)
    {
        var planned = new Dictionary<string, PlannedRow>(writes.Count);
        var outcomes = new WriteOutcome[writes.Count];
        foreach (var (place, write) in writes.Index())
        {
            var row = planned.TryGetValue(write.Object.Uid, out var earlier)
                ? new StoredRow(earlier.Uid, earlier.Object.Version, earlier.DeletedAt, earlier.EvictedAt)
                : stored.GetValueOrDefault(write.Object.Uid);
            outcomes[place] = rule.Decide(write, row, out var next);
            if (next is not null) planned[next.Uid] = next;
        }

        var rows = planned.Values.OrderBy(row => row.Uid, StringComparer.Ordinal).ToLookup(
            row => stored.ContainsKey(row.Uid));
        return new WritePlan([.. rows[false]], [.. rows[true]], outcomes);
    }
}
