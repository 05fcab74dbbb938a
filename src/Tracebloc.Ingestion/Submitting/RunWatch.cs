using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>Follows a run to its end.</summary>
/// <param name="client">jobs-manager.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Takes the run and the time so far: at each change of its state, and every 30 seconds.</param>
public sealed class RunWatch(JobsManagerClient client, TimeProvider time, Action<RunReport, TimeSpan> report)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the end of a run.</summary>
    /// <param name="key">The run.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="token">Ends the wait; the run goes on.</param>
    /// <returns>The run as it was seen last: not over where the limit has passed; null where it was not seen.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<RunReport?> UntilOverAsync(string key, TimeSpan limit, CancellationToken token)
    {
        var (start, last, reported) = (time.GetTimestamp(), (RunReport?)null, TimeSpan.Zero);
        using var deadline = new Deadline(limit, time, token);
        try
        {
            while (true)
            {
                var run = await client.FindAsync(key, deadline.Token);
                var elapsed = time.GetElapsedTime(start);
                if (run.State != last?.State || elapsed - reported >= LongestSilence)
                {
                    report(run, elapsed);
                    reported = elapsed;
                }

                last = run;
                if (run.IsSettled || elapsed + Pause > limit) return run;
                await Task.Delay(Pause, time, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            // In a call: jobs-manager is away, and the run was accepted before.
            return last;
        }
    }
}
