namespace Tracebloc.Net;

/// <summary>Asynchronous work on many items, of which a few run at a time.</summary>
public static class Throttled
{
    /// <summary>
    /// Runs the work on all items, so many at a time, and gives the results in the items' order. The work is called
    /// for every item, cancelled or not: what it gives then is its own to say.
    /// </summary>
    public static Task<IReadOnlyList<TResult>> SelectAsync<T, TResult>(
        IReadOnlyList<T> items, int limit, Func<T, CancellationToken, Task<TResult>> work, CancellationToken token) =>
        SelectAsync(items, limit, (item, _) => Task.FromResult(item), (_, item, t) => work(item, t), token);

    /// <summary>The same, where an item has to be prepared first: that takes no turn from others.</summary>
    public static async Task<IReadOnlyList<TResult>> SelectAsync<T, TReady, TResult>(
        IReadOnlyList<T> items,
        int limit,
        Func<T, CancellationToken, Task<TReady>> prepare,
        Func<T, TReady, CancellationToken, Task<TResult>> work,
        CancellationToken token)
    {
        using var gate = new SemaphoreSlim(Math.Max(limit, 1));
        return await Task.WhenAll(items.Select(RunAsync));

        async Task<TResult> RunAsync(T item)
        {
            var ready = await prepare(item, token);
            await gate.WaitAsync(CancellationToken.None);
            try
            {
                return await work(item, ready, token);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    /// <summary>
    /// Runs the work on the items in their order, so many at a time, until one fails: the others are cancelled then,
    /// and the work is not called for those that are left.
    /// </summary>
    /// <exception cref="Exception">The first fault.</exception>
    public static async Task<IReadOnlyList<TResult>> SelectUntilFaultAsync<T, TResult>(
        IReadOnlyList<T> items, int limit, Func<T, CancellationToken, Task<TResult>> work, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(limit, 1), CancellationToken = token };
        await Parallel.ForAsync(
            0, items.Count, options, async (place, stop) => results[place] = await work(items[place], stop));
        return results;
    }
}
