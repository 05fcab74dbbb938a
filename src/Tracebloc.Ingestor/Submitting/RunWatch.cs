using Microsoft.Extensions.Logging;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>Follows a run to its end.</summary>
internal sealed partial class RunWatch(JobsManagerClient client, TimeProvider time, ILogger logger)
{
    private readonly IngestorDeadlines _deadlines = new();

    /// <summary>Waits for the end of a run, and logs each change of its state.</summary>
    /// <param name="key">The run.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="token">Ends the wait; the run goes on.</param>
    /// <exception cref="IngestorException">The run is not over in time, or jobs-manager is away.</exception>
    public async Task<RunReport> UntilOverAsync(string key, TimeSpan limit, CancellationToken token)
    {
        var (start, state, logged) = (time.GetTimestamp(), "", TimeSpan.Zero);
        using var deadline = new Deadline(limit, time, token);
        try
        {
            while (true)
            {
                var run = await client.FindAsync(key, deadline.Token);
                var elapsed = time.GetElapsedTime(start);
                if (run.State != state || elapsed - logged >= _deadlines.StateLine)
                    (state, logged) = (Log(key, run.State, elapsed), elapsed);
                if (run.IsOver) return run;
                if (elapsed + _deadlines.StatePause > limit) throw NotOver(key, state, elapsed);
                await Task.Delay(_deadlines.StatePause, time, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            // In a call: jobs-manager is away, and the run was accepted before.
            throw NotOver(key, state is "" ? "accepted" : state, time.GetElapsedTime(start));
        }
    }

    private static IngestorException NotOver(string key, string state, TimeSpan elapsed) => new(
        IngestorExit.Failed,
        $"Run {key} is {state} and not over after {ProgressText.Duration(elapsed)}; it goes on, wait longer with "
        + "--wait-timeout");

    private string Log(string key, string state, TimeSpan elapsed)
    {
        LogState(logger, key, state, ProgressText.Duration(elapsed));
        return state;
    }

    [LoggerMessage(654, LogLevel.Information, "Run {Key}: {State}, {Elapsed}")]
    private static partial void LogState(ILogger logger, string key, string state, string elapsed);
}
