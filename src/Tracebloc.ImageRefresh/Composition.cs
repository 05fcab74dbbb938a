using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh;

/// <summary>The one place that knows the real clock, environment and streams.</summary>
internal sealed class Composition : ICommands
{
    public Task<int> RunAsync(RunOptions options, CancellationToken token) =>
        RunCommand.ExecuteAsync(options, Context(options.LogLevel), token);

    public Task<int> WatchAsync(WatchOptions options, CancellationToken token) =>
        WatchCommand.ExecuteAsync(options, Context(options.LogLevel), token);

    public Task<int> ResolveAsync(ResolveOptions options, CancellationToken token) =>
        ResolveCommand.ExecuteAsync(options, Context(options.LogLevel), token);

    public Task<int> PinAsync(PinOptions options, CancellationToken token) =>
        PinCommand.ExecuteAsync(options, Context(LogLevel.Information), token);

    public Task<int> StatusAsync(StatusOptions options, CancellationToken token) =>
        StatusCommand.ExecuteAsync(options, Context(options.LogLevel), token);

    public Task<int> ReleaseAsync(ReleaseOptions options, CancellationToken token) =>
        ReleaseCommand.ExecuteAsync(options, Context(options.LogLevel), token);

    public Task<int> ChartUpgradeAsync(ChartUpgradeOptions options, CancellationToken token) =>
        ChartUpgradeCommand.ExecuteAsync(options, ContextOfHelm(options.LogLevel), token);

    private static ProgramContext Context(LogLevel level)
    {
        SystemTrust.Preload();
        return ContextOfHelm(level);
    }

    // Every event is written when it happens, so that nothing is left to flush at the end.
    private static ProgramContext ContextOfHelm(LogLevel level)
    {
        var options = new LoggingOptions
        {
            MinimumLevel = level,
            Format = LoggingOptions.FormatFor(Environment.GetEnvironmentVariable, !Console.IsErrorRedirected),
        };
        return new ProgramContext(
            TimeProvider.System,
            Environment.GetEnvironmentVariable,
            new ProgramLogging(options, Console.OpenStandardError()).CreateLogger("image-refresh"),
            new ResultWriter(Console.OpenStandardOutput));
    }
}
