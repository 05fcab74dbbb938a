using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>
/// Calls jobs-manager, and tries again while it is away, as in a rollout. Every call may be repeated: a submission
/// carries its key, and a deletion that was done is done.
/// </summary>
/// <param name="connection">Sends single requests; closed with the client.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
public sealed class JobsManagerClient(JobsManagerConnection connection, JobsManagerOptions options, TimeProvider time)
    : IDisposable
{
    private static readonly int[] Away = [429, 502, 503, 504];

    // The last attempt gets as much time as a server in its rollout needs.
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(30), LastAttempt = TimeSpan.FromSeconds(10);

    private readonly RetryPauses _pauses = new(TimeSpan.FromSeconds(5), Random.Shared.NextDouble);

    /// <summary>Asks for the version.</summary>
    /// <returns>The answer as JSON; null where jobs-manager is too old to have one.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<string?> VersionAsync(CancellationToken token)
    {
        try
        {
            return (await CallAsync(JobsManagerCall.Version, token)).Text;
        }
        catch (SubmittingException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Submits a run.</summary>
    /// <exception cref="SubmittingException">jobs-manager rejects it, or is away.</exception>
    public async Task<AcceptedRun> SubmitAsync(RunSubmission submission, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return AcceptedRun.Read(await CallAsync(JobsManagerCall.Submit(submission), token));
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<RunReport> FindAsync(string key, CancellationToken token) =>
        RunReport.Read(await CallAsync(JobsManagerCall.Find(key), token));

    /// <summary>Lists runs, the newest first.</summary>
    /// <param name="table">Those of one table; null: of all that the account may write.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<IReadOnlyList<RunReport>> RunsAsync(string? table, CancellationToken token)
    {
        var answer = await CallAsync(JobsManagerCall.Runs(table), token);
        return AnswerText.Require(answer, AnswerContext.Default.RunsJson, "a list of runs").Runs;
    }

    /// <summary>Cancels a run; what it has written is taken back.</summary>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<RunReport> CancelAsync(string key, CancellationToken token) =>
        RunReport.Read(await CallAsync(JobsManagerCall.Cancel(key), token));

    /// <summary>Lists the data sets, by name.</summary>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<IReadOnlyList<DatasetReport>> DatasetsAsync(CancellationToken token)
    {
        var answer = await CallAsync(JobsManagerCall.Datasets, token);
        return AnswerText.Require(answer, AnswerContext.Default.DatasetsJson, "a list of data sets").Datasets;
    }

    /// <summary>Reads a data set with its columns, labels and runs.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<DatasetReport?> DatasetAsync(string table, CancellationToken token)
    {
        try
        {
            var answer = await CallAsync(JobsManagerCall.Dataset(table), token);
            return AnswerText.Require(answer, AnswerContext.Default.DatasetReport, "a data set");
        }
        catch (SubmittingException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Asks what a deletion would remove.</summary>
    /// <exception cref="SubmittingException">There is none, a run is changing it, or jobs-manager is away.</exception>
    public async Task<DatasetLoss> TryDeleteAsync(string table, CancellationToken token)
    {
        var answer = await CallAsync(JobsManagerCall.Delete(table, isTried: true), token);
        return AnswerText.Require(answer, AnswerContext.Default.DatasetLoss, "the loss");
    }

    /// <summary>Starts the deletion of a data set.</summary>
    /// <exception cref="SubmittingException">There is none, a run is changing it, or jobs-manager is away.</exception>
    public async Task<DatasetDeletion> DeleteAsync(string table, CancellationToken token)
    {
        var answer = await CallAsync(JobsManagerCall.Delete(table, isTried: false), token);
        return AnswerText.Require(answer, AnswerContext.Default.DatasetDeletion, "the name of a Job");
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => connection.Dispose();

    private async Task<HttpAnswer> CallAsync(JobsManagerCall call, CancellationToken token)
    {
        var (start, last, timeout) = (time.GetTimestamp(), "", options.Timeout);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await connection.SendAsync(call, LimitOf(timeout - time.GetElapsedTime(start)), token);
            if (answer.Status is >= 200 and < 300) return answer;
            if (!answer.IsAbsent && !Away.Contains(answer.Status))
                throw Refusal.Read(answer, options.File).Fault(answer.Status, call.Purpose);
            var reason = answer.IsAbsent
                ? answer.Text
                : $"{answer.Status}: {Refusal.Read(answer, options.File).Detail}";
            var pause = answer.RetryAfter ?? _pauses.After(attempt);
            if (answer.IsDistrusted || pause >= timeout - time.GetElapsedTime(start))
                throw Unreachable(reason, answer.Status);
            if (reason != last) options.Retrying(Line.Of(reason));
            last = reason;
            await Task.Delay(pause, time, token);
        }
    }

    private static TimeSpan LimitOf(TimeSpan left) =>
        TimeSpan.FromTicks(Math.Clamp(left.Ticks, LastAttempt.Ticks, Attempt.Ticks));

    private SubmittingException Unreachable(string reason, int status) => new(
        SubmittingFailure.Unreachable,
        $"{options.Server} did not take the call within {Duration.Format(options.Timeout)}: {Line.Of(reason)}; "
        + options.Remedy)
    {
        Status = status,
    };
}
