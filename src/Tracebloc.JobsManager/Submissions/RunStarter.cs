using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>Starts runs: first the row, then the objects, then the uid of the Job in the row.</summary>
internal sealed partial class RunStarter(RunTable table, SubmissionSetup setup, TimeProvider time, ILogger logger)
{
    /// <summary>The reason for which a run cannot be started here and now; null for none.</summary>
    /// <exception cref="KubernetesException">The version of the API server is unknown.</exception>
    public async Task<SubmitOutcome?> ObstacleAsync(RunRequest request, CancellationToken token)
    {
        if (setup.Image.For(request.ImageDigest) is null)
            return new SubmitOutcome.Refused(new Refusal(
                RefusalKind.Unavailable,
                "The digest of the ingestor's image is not known yet, and tags are not allowed; submit again when "
                + "image refresh has found it, or send image_digest"));
        if (await table.Deletions.WantedAsync(request.Table, token) is not null) return BeingDeleted(request);
        if (request.Parallelism == 1) return null;
        var version = await setup.Version.GetAsync(token);
        return version.IsAtLeast(1, 24)
            ? null
            : new SubmitOutcome.Invalid(
            [
                new ConfigurationError(
                    "ingest.yaml", 0, "parallelism",
                    $"is {request.Parallelism}, and Kubernetes {version} has no indexed Jobs, which 1.24 brought; "
                    + "leave it out, or upgrade the cluster"),
            ]);
    }

    /// <summary>Starts a run.</summary>
    /// <returns>Null where the key is known already.</returns>
    /// <exception cref="KubernetesException">The objects are not there yet; the row is.</exception>
    public async Task<SubmitOutcome?> TryStartAsync(RunRequest request, CancellationToken token)
    {
        var run = new IngestionRun
        {
            Request = request,
            Namespace = setup.Namespace,
            Image = setup.Image.For(request.ImageDigest) ?? "",
            AcceptedAt = time.GetUtcNow(),
        };
        using var turn = await setup.Turns.TakeAsync(run.Key, token);
        if (!await table.TryAddAsync(run, token)) return null;
        try
        {
            // A deletion that was asked for meanwhile: the follower finds the run before it begins any later one.
            if (await table.Deletions.WantedAsync(request.Table, token) is not null)
            {
                await table.TryWithdrawAsync(run, token);
                return BeingDeleted(request);
            }

            var uid = await setup.EnsureAsync(run, token);
            if (!await table.TryChangeAsync(run, RunChanges.Made(run, uid), token))
                await TakeBackIfCancelledAsync(run, token);
        }
        catch (EndingObjectException ending)
        {
            LogEnding(logger, run.Key.Text, ending.Message);
            setup.Look(run.Key);
        }
        catch (ForeignObjectException foreign)
        {
            await table.TryChangeAsync(
                run, RunChanges.Failed(run, foreign.Message, isUndone: true, time.GetUtcNow()), token);
            return new SubmitOutcome.Refused(new Refusal(RefusalKind.Conflict, foreign.Message));
        }
        catch (Exception cut) when (cut is KubernetesException or DatabaseException or OperationCanceledException)
        {
            setup.Look(run.Key);
            throw;
        }

        return new SubmitOutcome.Accepted(run, IsReplay: false);
    }

    private static SubmitOutcome.Refused BeingDeleted(RunRequest request) => new(new Refusal(
        RefusalKind.Unavailable,
        $"Data set {request.Table} is being deleted; submit again with the same key when it is gone"));

    // A run that was cancelled before its Job was made has a Job now, which the follower deletes.
    private async Task TakeBackIfCancelledAsync(IngestionRun run, CancellationToken token)
    {
        if (await table.FindAsync(run.Key, token) is { State: RunState.Cancelled } cancelled)
            await table.TryChangeAsync(cancelled, RunChanges.UndoneAgain(cancelled), token);
    }

    [LoggerMessage(763, LogLevel.Information, "Submission {Key} waits for an earlier Job of its name: {Cause}")]
    private static partial void LogEnding(ILogger logger, string key, string cause);
}
