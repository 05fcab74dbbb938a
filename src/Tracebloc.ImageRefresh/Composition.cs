using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh;

/// <summary>Puts the parts together for each command: the one place that knows the real clock, environment and streams.</summary>
internal sealed class Composition : ICommands
{
    public Task<int> RunAsync(RunOptions options, CancellationToken token) =>
        WithContextAsync(options.LogLevel, context => RunCommand.ExecuteAsync(options, context, token));

    public Task<int> WatchAsync(WatchOptions options, CancellationToken token) =>
        WithContextAsync(options.LogLevel, context => WatchCommand.ExecuteAsync(options, context, token));

    public Task<int> ResolveAsync(ResolveOptions options, CancellationToken token) =>
        WithContextAsync(options.LogLevel, context => ResolveCommand.ExecuteAsync(options, context, token));

    private static async Task<int> WithContextAsync(LogLevel level, Func<ProgramContext, Task<int>> command)
    {
        using var logging = new ProgramLogging(
            new LoggingOptions
            {
                MinimumLevel = level,
                Format = LoggingOptions.FormatFor(Environment.GetEnvironmentVariable, !Console.IsErrorRedirected),
            },
            Console.OpenStandardError());
        var context = new ProgramContext(
            TimeProvider.System,
            Environment.GetEnvironmentVariable,
            logging.CreateLogger("image-refresh"),
            new ResultWriter(Console.OpenStandardOutput));
        return await command(context).ConfigureAwait(false);
    }
}
