namespace Tracebloc.EndToEnd;

/// <summary>Looks again and again at what cannot be watched, and never for ever.</summary>
internal static class Looking
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(45);

    /// <returns>What was found last.</returns>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> look, Func<T, bool> isRight, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var ticks = new PeriodicTimer(Pause, TimeProvider.System);
        while (true)
        {
            var found = await look();
            if (isRight(found) || TimeProvider.System.GetElapsedTime(since) > Patience) return found;
            await ticks.WaitForNextTickAsync(cancellationToken);
        }
    }
}
