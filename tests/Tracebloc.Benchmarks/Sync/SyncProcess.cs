using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.MetadataSync.Kinds;

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
        UntilAsync(metrics => metrics("rows_written_total") >= rows, token);

    /// <summary>Waits until the objects were listed, and none is to be stored or called for.</summary>
    public Task SettledAsync(CancellationToken token) => UntilAsync(
        metrics => metrics("following") == 1 && metrics("queue_depth") == 0 && metrics("chores") == 0, token);

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

    private async Task UntilAsync(Func<Func<string, double>, bool> condition, CancellationToken token)
    {
        using var alarm = new CancellationTokenSource(Limit, TimeProvider.System);
        using var ticks = new PeriodicTimer(Pause, TimeProvider.System);
        while (!condition(await ReadAsync(token)))
        {
            if (alarm.IsCancellationRequested)
                throw new InvalidOperationException($"metadata-sync takes too long:\n{server.Log}");
            await ticks.WaitForNextTickAsync(token);
        }
    }

    // A metric without a sample of the kind is 0.
    private async Task<Func<string, double>> ReadAsync(CancellationToken token)
    {
        string[] lines;
        try
        {
            lines = (await server.Client.GetStringAsync("metrics", token)).Split('\n');
        }
        catch (HttpRequestException)
        {
            lines = []; // It has not started yet.
        }

        return name => lines
            .Where(line => line.StartsWith($"tracebloc_metadata_sync_{name}{{", StringComparison.Ordinal)
                && line.Contains($"kind=\"{kind.Name}\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
    }
}
