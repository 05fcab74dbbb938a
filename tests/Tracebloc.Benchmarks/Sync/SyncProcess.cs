using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Sync;

/// <summary><c>metadata-sync run</c>, by its metrics.</summary>
internal sealed class SyncProcess(Kind kind, ServerProcess server) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), Limit = TimeSpan.FromMinutes(15);

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Its cost since the start.</summary>
    public Measurement Measurement =>
        new(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, server.CpuMs, server.PeakMiB);

    /// <summary>Waits until it has written so many rows.</summary>
    public Task WrittenAsync(long rows, CancellationToken token) =>
        UntilAsync(metrics => metrics.Find("rows_written_total", kind.Name) >= rows, token);

    /// <summary>Waits until the objects were listed, and none is to be stored or called for.</summary>
    public Task SettledAsync(CancellationToken token) => UntilAsync(
        metrics => metrics.Find("following", kind.Name) == 1 && metrics.Find("queue_depth", kind.Name) == 0
            && metrics.Find("chores", kind.Name) == 0,
        token);

    public Task KillAsync() => server.KillAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Runs the program to its end.</summary>
    /// <returns>The exit code and all lines.</returns>
    public static async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var result = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
        return (
            result.ExitCode,
            $"{result.StandardOutput}\n{result.StandardError}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task UntilAsync(Func<SyncMetrics, bool> condition, CancellationToken token)
    {
        using var alarm = new CancellationTokenSource(Limit, TimeProvider.System);
        using var ticks = new PeriodicTimer(Pause, TimeProvider.System);
        while (await ReadAsync(token) is not { } metrics || !condition(metrics))
        {
            if (server.HasEnded || alarm.IsCancellationRequested)
                throw new InvalidOperationException($"metadata-sync has ended, or takes too long:\n{server.Log}");
            await ticks.WaitForNextTickAsync(token);
        }
    }

    /// <returns>Null where it does not listen yet.</returns>
    private async Task<SyncMetrics?> ReadAsync(CancellationToken token)
    {
        try
        {
            return new SyncMetrics(await server.Client.GetStringAsync("metrics", token));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
