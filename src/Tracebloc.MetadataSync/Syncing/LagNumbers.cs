namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The times from the events of changes to their commits, as a histogram. Safe for concurrent use.</summary>
internal sealed class LagNumbers
{
    private static readonly double[] Seconds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    // The last one is of those above all bounds.
    private readonly long[] _counts = new long[Seconds.Length + 1];
    private long _ticks;

    /// <summary>The upper bounds of the buckets.</summary>
    public static IReadOnlyList<double> Bounds => Seconds;

    /// <summary>The sum of all times.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>The changes up to each bound, and then all.</summary>
    public IReadOnlyList<long> Cumulative
    {
        get
        {
            var (counts, sum) = (new long[_counts.Length], 0L);
            for (var place = 0; place < counts.Length; place++)
                counts[place] = sum += Interlocked.Read(ref _counts[place]);
            return counts;
        }
    }

    public void Add(TimeSpan lag)
    {
        var place = Array.BinarySearch(Seconds, lag.TotalSeconds);
        Interlocked.Increment(ref _counts[place < 0 ? ~place : place]);
        Interlocked.Add(ref _ticks, lag.Ticks);
    }
}
