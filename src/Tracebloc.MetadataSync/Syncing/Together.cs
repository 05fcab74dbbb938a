namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Works that belong together: the end of one ends all.</summary>
internal static class Together
{
    /// <summary>Runs works beside each other, and ends with the failure of the first that ended.</summary>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> works, CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task[] running = [.. works.Select(work => Task.Run(() => work(end.Token), CancellationToken.None))];
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
