using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>Takes down which command was called with what, and exits with 42.</summary>
internal sealed class RecordedCommands : ICommands
{
    public object? Called { get; private set; }

    public Task<int> RunAsync(RunOptions options, CancellationToken token) => Record(options, token);

    public Task<int> WatchAsync(WatchOptions options, CancellationToken token) => Record(options, token);

    public Task<int> ResolveAsync(ResolveOptions options, CancellationToken token) => Record(options, token);

    public Task<int> PinAsync(PinOptions options, CancellationToken token) => Record(options, token);

    public Task<int> StatusAsync(StatusOptions options, CancellationToken token) => Record(options, token);

    public Task<int> ReleaseAsync(ReleaseOptions options, CancellationToken token) => Record(options, token);

    public Task<int> ChartUpgradeAsync(ChartUpgradeOptions options, CancellationToken token) => Record(options, token);

    private Task<int> Record(object options, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Called = options;
        return Task.FromResult(42);
    }
}
