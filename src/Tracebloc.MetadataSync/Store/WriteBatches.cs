namespace Tracebloc.MetadataSync.Store;

/// <summary>The writes that share a transaction.</summary>
internal static class WriteBatches
{
    /// <summary>The most objects of a transaction.</summary>
    public const int MostObjects = 1_000;

    /// <summary>The bytes of JSON after which a transaction takes no further object.</summary>
    public const int MostBytes = 4 << 20;

    public static IEnumerable<ArraySegment<RowWrite>> Of(IReadOnlyList<RowWrite> writes)
    {
        RowWrite[] all = [.. writes];
        var (start, bytes) = (0, 0L);
        for (var at = 0; at < all.Length; at++)
        {
            var size = all[at].Object.Json.Length;
            if (at > start && (at - start == MostObjects || bytes + size > MostBytes))
            {
                yield return new(all, start, at - start);
                (start, bytes) = (at, 0);
            }

            bytes += size;
        }

        if (all.Length > start) yield return new(all, start, all.Length - start);
    }
}
