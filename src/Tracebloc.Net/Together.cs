namespace Tracebloc.Net;

/// <summary>Works that belong together: the end of one ends all.</summary>
public static class Together
{
    /// <summary>Runs works beside each other until the first has ended, and cancels the others.</summary>
    /// <param name="works">The works. Each ends soon after its token is cancelled.</param>
    /// <param name="token">Ends all.</param>
    /// <exception cref="Exception">The first work that ended has failed so; those of the others are lost.</exception>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> works, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(works);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task[] running = [.. works.Select(work => Task.Run(() => work(end.Token), CancellationToken.None))];
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
