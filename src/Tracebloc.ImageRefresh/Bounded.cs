namespace Tracebloc.ImageRefresh;

internal static class Bounded
{
    /// <summary>
    /// Runs the work on all items, so many at a time, and gives the results in the items' order. The work is called
    /// for every item, cancelled or not: what it gives then is its own to say.
    /// </summary>
    /// <param name="items">What is to be worked on.</param>
    /// <param name="limit">How many at a time.</param>
    /// <param name="work">Done once for each item.</param>
    /// <param name="token">Handed on to the work.</param>
    /// <param name="ready">What an item waits for before it takes a turn from others; null for nothing.</param>
    public static async Task<IReadOnlyList<TResult>> SelectAsync<T, TResult>(
        IReadOnlyList<T> items,
        int limit,
        Func<T, CancellationToken, Task<TResult>> work,
        CancellationToken token,
        Func<T, CancellationToken, Task>? ready = null)
    {
        using var gate = new SemaphoreSlim(limit);
        return await Task.WhenAll(items.Select(RunAsync));

        async Task<TResult> RunAsync(T item)
        {
            if (ready is not null)
                await ready(item, token);
            await gate.WaitAsync(CancellationToken.None);
            try
            {
                return await work(item, token);
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
