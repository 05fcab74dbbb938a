namespace Tracebloc.Registry;

internal static class Lanes
{
    /// <summary>Does each of so many pieces of work once, at most <paramref name="width"/> of them at a time.</summary>
    public static Task RunAsync(
        int count, int width, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var next = -1;
        var lanes = new Task[Math.Min(count, Math.Max(width, 1))];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = LaneAsync();
        return Task.WhenAll(lanes);

        async Task LaneAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                await work(i, cancellationToken);
        }
    }
}
