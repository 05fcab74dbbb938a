using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>
/// Accepts data sets: checks the specification and the caller's right, and starts a run under its key. A run that is
/// in the run table is started by the follower, wherever this program ended in between.
/// </summary>
internal sealed partial class Submission(RunTable table, SubmissionSetup setup, TimeProvider time, ILogger logger)
{
    private readonly RunStarter _starter = new(table, setup, time, logger);

    public async Task<SubmitOutcome> SubmitAsync(
        Caller caller, AccessPolicy policy, ReadOnlyMemory<byte> body, CancellationToken token)
    {
        if (!SubmitRequestReader.TryRead(body, out var submitted, out var fault))
            return Logged(caller, null, "-", Refused(RefusalKind.Malformed, fault));
        var errors = new ConfigurationErrors("ingest.yaml");
        if (IngestDocument.Parse(submitted.Specification.TrimStart('\uFEFF'), errors) is not { } specification)
            return Logged(caller, submitted.Key, "-", new SubmitOutcome.Invalid(errors.InOrder()));
        var outcome = policy.Allows(caller, specification.Table)
            ? await AcceptAsync(RequestOf(submitted, specification, caller), token)
            : new SubmitOutcome.Refused(Rights.Missing(caller, policy, specification.Table));
        return Logged(caller, submitted.Key, specification.Table, outcome);
    }

    private async Task<SubmitOutcome> AcceptAsync(RunRequest request, CancellationToken token)
    {
        try
        {
            var obstacle = await _starter.ObstacleAsync(request, token);
            if (obstacle is null && await _starter.TryStartAsync(request, token) is { } outcome) return outcome;
            if (await table.FindAsync(request.Key, token) is not { } known)
                return obstacle ?? Refused(RefusalKind.Unavailable, "The run was purged; submit it again");
            if (known.Request.ContentDigest != request.ContentDigest)
                return Refused(
                    RefusalKind.Conflict,
                    $"idempotency_key {request.Key} belongs to a run with other content; use another key");
            await table.SeeAsync(known.Key, time.GetUtcNow(), token);
            return new SubmitOutcome.Accepted(known, IsReplay: true);
        }
        catch (DatabaseException away)
        {
            LogAway(logger, request.Key.Text, away.Message);
            return Refused(RefusalKind.Unavailable, "The database gives no answer; submit again with the same key");
        }
        catch (KubernetesException away)
        {
            LogAway(logger, request.Key.Text, away.Message);
            return Refused(
                RefusalKind.Unavailable,
                $"The API server did not make the run's objects: {away.Message}; submit again with the same key");
        }
    }

    private static RunRequest RequestOf(SubmitRequest submitted, IngestSpecification specification, Caller caller) =>
        new()
        {
            Key = submitted.Key,
            Table = specification.Table,
            Intent = specification.Intent == Intent.Train ? "train" : "test",
            Category = specification.Category,
            Specification = submitted.Specification,
            ContentDigest = submitted.ContentDigest,
            ImageDigest = submitted.ImageDigest,
            Parallelism = submitted.Parallelism,
            Overwrite = submitted.Overwrite,
            Caller = caller.ToString(),
        };

    private static SubmitOutcome.Refused Refused(RefusalKind kind, string detail) => new(new Refusal(kind, detail));

    private SubmitOutcome Logged(Caller caller, RunKey? key, string dataset, SubmitOutcome outcome)
    {
        LogSubmitted(logger, key?.Text ?? "-", dataset, $"{caller}", outcome.Word);
        return outcome;
    }

    [LoggerMessage(761, LogLevel.Information, "Submission {Key} of table {Table} by {Caller}: {Outcome}")]
    private static partial void LogSubmitted(ILogger logger, string key, string table, string caller, string outcome);

    [LoggerMessage(762, LogLevel.Warning, "Submission {Key} waits: {Cause}")]
    private static partial void LogAway(ILogger logger, string key, string cause);
}
