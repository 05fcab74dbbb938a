namespace Tracebloc.ImageRefresh;

internal static class Bounded
{
    /// <summary>
    /// Runs the work on all items, so many at a time, and gives the results in the items' order. The work is called
    /// for every item, cancelled or not: what it gives then is its own to say.
    /// </summary>
    public static async Task<IReadOnlyList<TResult>> SelectAsync<T, TResult>(
        IReadOnlyList<T> items, int limit, Func<T, CancellationToken, Task<TResult>> work, CancellationToken token)
    {
        using var gate = new SemaphoreSlim(limit);
        return await Task.WhenAll(items.Select(RunAsync));

        async Task<TResult> RunAsync(T item)
        {
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
