namespace Tracebloc.JobsManager.Web;

/// <summary>A value that is read anew at most once in a while, by however many requests.</summary>
internal sealed class Recent<T>(Func<CancellationToken, Task<T>> read, TimeSpan life, TimeProvider time) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _gate = new(1);
    private T? _value;
    private long _readAt;

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

    public void Dispose() => _gate.Dispose();
}
