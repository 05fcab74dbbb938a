using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>Ticks until it is stopped, one after another: a jittered interval after the start of the last.</summary>
internal sealed class TickLoop(
    Func<CancellationToken, Task<int>> tick,
    TimeSpan interval,
    LoopHealth health,
    Random random,
    TimeProvider time,
    ILogger logger) : BackgroundService
{
    // Spreads the ticks of many clusters, which all start on the hour, over a tenth of their interval.
    private const double Jitter = 0.1;

    public LoopHealth Health => health;

    public static TimeSpan LongestPause(TimeSpan interval) => interval * (1 + Jitter);

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
            if (exitCode == Hosting.ExitCode.Done)
                Log.TickEnded(logger);
            else
                Log.TickFailed(logger, exitCode);
            return exitCode;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Hosting.ExitCode.Done;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // One tick's fault must not end the loop that the next tick could succeed in.
            Log.TickFaulted(logger, fault);
            return Hosting.ExitCode.Unexpected;
        }
    }
}
