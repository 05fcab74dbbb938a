using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// A pod of an indexed Job other than pod 0: it validates slices and loads parts as long as pod 0 has some, through
/// every attempt of pod 0, and ends with success once the run's rows are loaded. Killed and started again, it does the
/// same.
/// </summary>
internal sealed partial class FollowingPod(RunSetup setup, ShardSettings shards, DatabaseServer server)
{
    private long _seen = setup.Time.GetTimestamp();
    private long _rows;

    // A folder of its own: pod 0 removes those of its former attempts.
    private readonly RunScratch _scratch = setup.ScratchOf($"{setup.Table}, pod {shards.Index}", Guid.NewGuid());

    /// <exception cref="IngestorException">Pod 0 is absent, or loads another specification.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        _scratch.TryRemoveOthers(setup.Logger);
        try
        {
            while (true)
            {
                await using var session = await server.OpenAsync(SessionUse.Control, token);
                if (await FollowAsync(session, token)) return;
            }
        }
        finally
        {
            _scratch.TryRemove(setup.Logger);
        }
    }

    /// <returns>False where the database did not exist yet: the next session may find it.</returns>
    private async Task<bool> FollowAsync(DatabaseSession session, CancellationToken token)
    {
        var loading = new PartLoading(setup, shards, server, session);
        var checking = new SliceChecking(setup, shards, server, session, _scratch);
        var (journal, key) = (new PartJournal(session, setup.Table, setup.Layout.RunKey), setup.Layout.RunKey);
        var slices = new SliceJournal(session, setup.Retry, setup.Table, key);
        do
        {
            // In this order: a run that is read before its parts may be of the attempt before.
            var parts = await journal.FindAsync(token);
            var run = await new JournalReader(session).FindAsync(key, token);
            if (run is not null && run.SpecDigest == setup.Digest && IsLoaded(run))
            {
                LogEnd(setup.Logger, key, _rows + loading.Rows);
                return true;
            }

            if ((run is { Phase: RunPhase.Loading } && parts is { Failed: null }
                    && await TryLoadAsync(loading, run, parts, token))
                || (await slices.FindAsync(token) is { Failed: null } planned
                    && await TryCheckAsync(checking, planned, token)))
                _seen = setup.Time.GetTimestamp();
            else
                await WaitAsync(session, token);
        }
        while (session.HasDatabase);

        _rows += loading.Rows;
        return false;
    }

    private Task<bool> TryLoadAsync(PartLoading loading, RunRecord run, RunParts parts, CancellationToken token) =>
        run.SpecDigest == setup.Digest ? loading.TryLoadAsync(run, parts, token) : throw OtherSpecification();

    private Task<bool> TryCheckAsync(SliceChecking checking, RunSlices slices, CancellationToken token) =>
        slices.SpecDigest == setup.Digest ? checking.TryCheckAsync(slices, token) : throw OtherSpecification();

    private IngestorException OtherSpecification() => new(
        IngestorExit.Failed,
        $"Run {setup.Layout.RunKey}: pod 0 loads another specification than this pod has; start the Job again");

    private static bool IsLoaded(RunRecord run) => run.Phase is not (RunPhase.Loading or RunPhase.Failed);

    private async Task WaitAsync(DatabaseSession session, CancellationToken token)
    {
        var isHeld = new SqlStatement("SELECT IS_USED_LOCK(?) IS NOT NULL", setup.TableLock);
        if (await session.FindAsync(isHeld, row => row.Number(0), token) == 1)
            _seen = setup.Time.GetTimestamp();
        else if (setup.Time.GetElapsedTime(_seen) > setup.Deadlines.Leader)
            throw new IngestorException(
                IngestorExit.Failed,
                $"Run {setup.Layout.RunKey}: pod 0 of its Job has not been at work for "
                + $"{setup.Deadlines.Leader.TotalMinutes:0} min; look at that pod's log, and start the Job again");
        await Task.Delay(setup.Deadlines.Look, setup.Time, token);
    }

    [LoggerMessage(664, LogLevel.Information, "Run {Key}: all rows are loaded, {Rows} of them by this pod")]
    private static partial void LogEnd(ILogger logger, string key, long rows);
}
