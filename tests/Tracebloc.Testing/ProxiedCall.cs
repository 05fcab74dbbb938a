namespace Tracebloc.Testing;

/// <param name="Number">Counted from 1 over all proxies of a <see cref="CallCounter"/>.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Target">Path and query.</param>
public sealed record ProxiedCall(int Number, string Method, string Target)
{
    public bool IsWatch => Target.Contains("watch=true", StringComparison.Ordinal);

    public override string ToString() => IsWatch ? $"WATCH {Target.Split('?')[0]}" : $"{Method} {Target.Split('?')[0]}";
}

/// <summary>Counts the calls of one program to all its servers, and acts on them.</summary>
public sealed class CallCounter
{
    private int _count;

    /// <summary>Awaited before a call is passed on. To throw is to break the connection: the server sees nothing.</summary>
    public Func<ProxiedCall, Task> BeforeAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited when the server has answered and the client has not heard of it.</summary>
    public Func<ProxiedCall, Task> AfterAsync { get; set; } = _ => Task.CompletedTask;

    public int Count => _count;

    public int Next() => Interlocked.Increment(ref _count);

    public void Reset()
    {
        _count = 0;
        BeforeAsync = AfterAsync = _ => Task.CompletedTask;
    }
}
