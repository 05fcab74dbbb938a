namespace Tracebloc.Ingestion.Staging;

/// <summary>Divides files between connections: about as many bytes and files for each.</summary>
internal static class SendShares
{
    // A connection costs a process on the far side.
    private const long Least = 8 << 20;

    // A file costs about the time of so many bytes.
    private const long PerFile = 16 << 10;

    /// <returns>One share for each connection; the first may be empty, for it opens the transfer.</returns>
    public static IReadOnlyList<IReadOnlyList<SendItem>> Of(IReadOnlyList<SendItem> items, int streams)
    {
        var total = items.Sum(Cost);
        var count = (int)Math.Clamp(Math.Min(total / Least, items.Count), 1, Math.Max(streams, 1));
        var shares = Enumerable.Range(0, count).Select(_ => new List<SendItem>()).ToArray();
        var costs = new long[count];
        foreach (var item in items.OrderByDescending(item => item.Missing))
        {
            var least = Array.IndexOf(costs, costs.Min());
            shares[least].Add(item);
            costs[least] += Cost(item);
        }

        // In the order of the list: most files are then in the folder of the one before.
        foreach (var share in shares) share.Sort((one, other) => one.Index.CompareTo(other.Index));
        return shares;
    }

    private static long Cost(SendItem item) => item.Missing + PerFile;
}
