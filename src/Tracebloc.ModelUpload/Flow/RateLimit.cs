namespace Tracebloc.ModelUpload.Flow;

/// <summary>The bandwidth that all transfers share. Safe for concurrent use.</summary>
/// <param name="bytesPerSecond">Null for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimit(long? bytesPerSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits until so many more bytes fit in.</summary>
    public async Task PassAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond is not { } rate)
            return;
        var wait = Wait(bytes, rate);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }

    private TimeSpan Wait(int bytes, long rate)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var start = _next > now ? _next : now;
            _next = start + TimeSpan.FromSeconds((double)bytes / rate);
            return start - now;
        }
    }
}
