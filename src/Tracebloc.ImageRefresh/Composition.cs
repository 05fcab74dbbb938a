namespace Tracebloc.ImageRefresh;

/// <summary>Puts the parts together for each command.</summary>
internal sealed class Composition : ICommands
{
    public Task<int> RunAsync(RunOptions options, CancellationToken token) => throw new NotSupportedException();

    public Task<int> WatchAsync(WatchOptions options, CancellationToken token) => throw new NotSupportedException();

    public Task<int> ResolveAsync(ResolveOptions options, CancellationToken token) => throw new NotSupportedException();
}
