using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// Removes a data set: its table, its files, and last its journal, by which the next start finds what is left after a
/// kill at any moment. A table of which the journal knows nothing is never touched.
/// </summary>
internal sealed partial class DatasetRemoval(DeleteSetup setup)
{
    private const string Owner = "delete";

    private readonly Guid _attempt = Guid.NewGuid();

    /// <summary>Waits for the database and for the table's lock, and removes the data set.</summary>
    /// <exception cref="IngestorException">A run holds the lock, or the files cannot be removed.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        var server = await DatabaseStart.ConnectAsync(setup.Database, setup.Time, setup.Logger, token);
        await using var held = await NamedLock.TryTakeAsync(
            server, DatabaseStart.LockOf(setup.Database, setup.Table), setup.Deadlines.TableLock, token)
            ?? throw new IngestorException(
                IngestorExit.Failed,
                $"Table {setup.Table} is being loaded by a run, which holds its lock; cancel the run, or delete the "
                + "data set after it");
        await using var session = await server.OpenAsync(SessionUse.Control, held.Token);
        await SliceJournal.RemoveAsync(session, setup.Retry, setup.Table, held.Token);
        await RemoveAsync(session, held.Token);
    }

    private async Task RemoveAsync(DatabaseSession session, CancellationToken token)
    {
        var journal = new JournalReader(session);
        if (await journal.TableAsync(setup.Table, token) is null)
        {
            LogUnknown(setup.Logger, setup.Table);
            return;
        }

        var runs = await journal.OfTableAsync(setup.Table, token);
        var ownership = await TableOwnership.TakeAsync(session, setup.Table, Owner, setup.Retry, token);
        // From here on, no pod of a run adds rows.
        foreach (var run in runs) await new PartJournal(session, setup.Table, run.Key).RemoveAsync(ownership, token);
        var removal = new TableRemoval(session, ownership);
        foreach (var run in runs.Where(run => run is { Replaces: true, IsOver: false }))
            await removal.DropReplacementAsync(run, token);
        await removal.DropAsync(token);
        RemoveFiles(runs);
        await removal.ForgetAsync(token);
        LogDeleted(setup.Logger, setup.Table, runs.Count);
    }

    // A folder of that name may be the source of an upload: it is the data set's only where a run has placed files.
    private void RemoveFiles(IReadOnlyList<RunRecord> runs)
    {
        var placing = runs.Where(run => run.Folder is not null).ToList();
        foreach (var run in placing.Where(run => !run.IsOver))
        {
            var files = new VolumeRun(setup.Layout with { RunKey = run.Key }, _attempt);
            // Those of a data set that the backend has registered do not return to their upload.
            if (run.IsRegistered) files.Close();
            else files.Undo();
        }

        if (placing.Exists(run => run.Phase is RunPhase.Registered or RunPhase.Swapping))
            PlaceRemoval.Remove(setup.Layout);
    }

    [LoggerMessage(
        667, LogLevel.Information, "Data set {Table} is deleted, with its files and the journal of {Runs} runs")]
    private static partial void LogDeleted(ILogger logger, string table, int runs);

    [LoggerMessage(668, LogLevel.Information, "Data set {Table} is not in the journal: nothing is deleted")]
    private static partial void LogUnknown(ILogger logger, string table);
}
