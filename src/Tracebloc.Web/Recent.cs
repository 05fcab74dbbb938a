namespace Tracebloc.Web;

/// <summary>A value that is read anew at most once in a while, by however many requests.</summary>
/// <param name="read">Reads the value.</param>
/// <param name="life">The time for which it is given out.</param>
/// <param name="time">The clock.</param>
/// <typeparam name="T">The value.</typeparam>
public sealed class Recent<T>(Func<CancellationToken, Task<T>> read, TimeSpan life, TimeProvider time) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _gate = new(1);
    private T? _value;
    private long _readAt;

    /// <summary>The value, read now where the last one is too old.</summary>
    public async Task<T> GetAsync(CancellationToken token)
    {
        await _gate.WaitAsync(token);
        try
        {
            if (_value is { } known && time.GetElapsedTime(_readAt) < life) return known;
            var value = await read(token);
            (_value, _readAt) = (value, time.GetTimestamp());
            return value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends its use.</summary>
    public void Dispose() => _gate.Dispose();
}
