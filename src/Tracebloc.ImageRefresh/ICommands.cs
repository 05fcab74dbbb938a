using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh;

/// <summary>What the command line calls once it is understood. Each returns the exit code.</summary>
internal interface ICommands
{
    Task<int> RunAsync(RunOptions options, CancellationToken token);

    Task<int> WatchAsync(WatchOptions options, CancellationToken token);

    Task<int> ResolveAsync(ResolveOptions options, CancellationToken token);

    Task<int> PinAsync(PinOptions options, CancellationToken token);

    Task<int> StatusAsync(StatusOptions options, CancellationToken token);

    Task<int> ReleaseAsync(ReleaseOptions options, CancellationToken token);

    Task<int> ChartUpgradeAsync(ChartUpgradeOptions options, CancellationToken token);
}
