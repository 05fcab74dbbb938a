using System.Diagnostics;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>Measures calls within this process: each takes a few milliseconds, and a process would cost more.</summary>
internal static class Stopwatches
{
    /// <summary>The calls in turns, so that other work of the machine meets all alike.</summary>
    /// <param name="calls">The contenders by their names.</param>
    /// <param name="rounds">The rounds that count, and those before.</param>
    /// <param name="token">Ends the measurement.</param>
    public static async Task<Race> RaceAsync(
        IReadOnlyList<(string Name, Func<CancellationToken, Task> Call)> calls, Rounds rounds, CancellationToken token)
    {
        var runs = calls.ToDictionary(call => call.Name, _ => new List<Measurement>());
        for (var round = -rounds.WarmUps; round < rounds.Measured; round++)
            foreach (var (name, call) in round % 2 == 0 ? calls : calls.Reverse())
            {
                var since = Stopwatch.GetTimestamp();
                await call(token);
                var wall = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                if (round >= 0) runs[name].Add(new Measurement(wall, 0, 0));
            }

        return new Race([.. calls.Select(call => new Measured(call.Name, runs[call.Name]))]);
    }
}
