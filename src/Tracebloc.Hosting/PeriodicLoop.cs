using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>Ticks until it is stopped, one after another: a jittered interval after the start of the last.</summary>
/// <param name="tick">One tick; returns its exit code.</param>
/// <param name="interval">From the start of a tick to the start of the next.</param>
/// <param name="health">Records the ticks for probes.</param>
/// <param name="random">Draws the jitter.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs the end of each tick.</param>
public sealed partial class PeriodicLoop(
    Func<CancellationToken, Task<int>> tick,
    TimeSpan interval,
    LoopHealth health,
    Random random,
    TimeProvider time,
    ILogger logger) : BackgroundService
{
    // Spreads the ticks of many clusters, which all start on the hour, over a tenth of their interval.
    private const double Jitter = 0.1;

    /// <summary>The state that probes read.</summary>
    public LoopHealth Health => health;

    /// <summary>The longest pause between two ticks of an interval.</summary>
    public static TimeSpan LongestPause(TimeSpan interval) => interval * (1 + Jitter);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            health.TickStarted();
            health.TickEnded(await TickAsync(stoppingToken));
            var pause = (interval * (1 + (Jitter * ((2 * random.NextDouble()) - 1)))) - time.GetElapsedTime(started);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> TickAsync(CancellationToken token)
    {
        try
        {
            var exitCode = await tick(token);
            if (exitCode == ExitCodes.Done)
                LogEnded(logger);
            else
                LogFailed(logger, exitCode);
            return exitCode;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // One tick's fault must not end the loop that the next tick could succeed in.
            LogFaulted(logger, fault);
            return ExitCodes.Unexpected;
        }
    }

    [LoggerMessage(101, LogLevel.Information, "Tick succeeded")]
    private static partial void LogEnded(ILogger logger);

    [LoggerMessage(102, LogLevel.Error, "Tick failed unexpectedly, continuing with the next")]
    private static partial void LogFaulted(ILogger logger, Exception fault);

    [LoggerMessage(104, LogLevel.Error, "Tick failed with exit code {ExitCode}: see its report")]
    private static partial void LogFailed(ILogger logger, int exitCode);
}
