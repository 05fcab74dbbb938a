namespace Tracebloc.Ingestion.Labels;

/// <summary>Sorts keys by their bytes, from the lowest to the highest.</summary>
internal static class RadixSort
{
    private const int Buckets = 256;

    /// <summary>Sorts in place.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="scratch">As long as the keys.</param>
    public static void Sort(Span<ulong> keys, Span<ulong> scratch)
    {
        Span<int> starts = stackalloc int[Buckets];
        var from = keys;
        var to = scratch[..keys.Length];
        for (var shift = 0; shift < 64; shift += 8)
        {
            starts.Clear();
            foreach (var key in from) starts[(int)(key >> shift & 0xFF)]++;
            if (starts.Contains(from.Length)) continue;
            var sum = 0;
            foreach (ref var start in starts) (start, sum) = (sum, sum + start);
            foreach (var key in from) to[starts[(int)(key >> shift & 0xFF)]++] = key;
            var sorted = to;
            to = from;
            from = sorted;
        }

        if (from != keys) from.CopyTo(keys);
    }
}
