using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Ingestor.Backend;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>Calls jobs-manager, and tries again while it is away, as in a rollout.</summary>
/// <param name="connection">Sends single requests.</param>
/// <param name="file">The file that is submitted, as the user named it.</param>
/// <param name="timeout">The longest time in which a call gets no usable answer.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a line for each change of the reason.</param>
internal sealed partial class JobsManagerClient(
    JobsManagerConnection connection, string file, TimeSpan timeout, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly int[] Away = [429, 502, 503, 504];

    private readonly IngestorDeadlines _deadlines = new();

    private BackendPauses Pauses => new(_deadlines.JobsManagerPause, Random.Shared.NextDouble);

    /// <summary>Submits a run.</summary>
    /// <exception cref="IngestorException">jobs-manager rejects it, or is away.</exception>
    public async Task<AcceptedRun> SubmitAsync(SubmitRequest request, CancellationToken token) =>
        AcceptedRun.Read(await CallAsync(JobsManagerCall.Submit(request), token));

    /// <summary>Reads a run.</summary>
    /// <exception cref="IngestorException">jobs-manager rejects the call, or is away.</exception>
    public async Task<RunReport> FindAsync(string key, CancellationToken token) =>
        RunReport.Read(await CallAsync(JobsManagerCall.Find(key), token));

    public void Dispose() => connection.Dispose();

    private async Task<HttpAnswer> CallAsync(JobsManagerCall call, CancellationToken token)
    {
        var (start, last) = (time.GetTimestamp(), "");
        for (var attempt = 1; ; attempt++)
        {
            var answer = await connection.SendAsync(call, LimitOf(timeout - time.GetElapsedTime(start)), token);
            if (answer.Status is >= 200 and < 300) return answer;
            if (!answer.IsAbsent && !Away.Contains(answer.Status))
                throw Refusal.Read(answer, file).Fault(answer.Status);
            var reason = answer.IsAbsent ? answer.Text : $"{answer.Status}: {Refusal.Read(answer, file).Detail}";
            var pause = answer.RetryAfter ?? Pauses.After(attempt);
            if (answer.IsDistrusted || pause >= timeout - time.GetElapsedTime(start)) throw Unreachable(reason);
            if (reason != last) LogAway(logger, connection.Address, Line.Of(reason), Duration.Format(timeout));
            last = reason;
            await Task.Delay(pause, time, token);
        }
    }

    // The last attempt gets as much time as a server in its rollout needs.
    private TimeSpan LimitOf(TimeSpan left) => TimeSpan.FromTicks(Math.Clamp(
        left.Ticks, _deadlines.JobsManagerLastCall.Ticks, _deadlines.JobsManagerCall.Ticks));

    private IngestorException Unreachable(string reason) => new(
        IngestorExit.Unreachable,
        $"jobs-manager {connection.Address} did not take the call within {Duration.Format(timeout)}: "
        + $"{Line.Of(reason)}; check the address and that its pod is ready");

    [LoggerMessage(
        653, LogLevel.Warning, "jobs-manager {Address} is not ready: {Reason}; trying again for up to {Timeout}")]
    private static partial void LogAway(ILogger logger, Uri address, string reason, string timeout);
}
