using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Running;

/// <summary>Takes runs back: those that earlier attempts have left, and this one when it fails.</summary>
internal sealed partial class RunUndo(RunContext context)
{
    public async Task UndoAsync(RunRecord run, RunObservation seen, CancellationToken token)
    {
        LogUndo(context.Setup.Logger, run.Key, run.Phase);
        var isDropped = seen.TableCreator == run.Key
            && !seen.Others.Any(other => other.Phase == RunPhase.Registered);
        await UndoAsync(context.Session, run, isDropped, "the run ended before it was registered", token);
    }

    /// <summary>Takes a failed run back at once, with connections and a deadline of its own.</summary>
    public async Task TakeBackAsync(Exception failure, CancellationToken token)
    {
        using var deadline = new Deadline(context.Setup.Deadlines.Undo, context.Setup.Time, token);
        try
        {
            await using var session = await context.Server.OpenAsync(SessionUse.Control, deadline.Token);
            var journal = new JournalReader(session);
            var table = await journal.TableAsync(context.Setup.Table, deadline.Token);
            var runs = await journal.OfTableAsync(context.Setup.Table, deadline.Token);
            var isDropped = table?.CreatedBy == context.Key && runs.All(run => run.Phase != RunPhase.Registered);
            var run = runs.FirstOrDefault(each => each.Key == context.Key) ?? context.Current;
            // The answer to the last change of the journal was lost.
            if (run.IsRegistered) return;
            await UndoAsync(session, run, isDropped, failure.Message, deadline.Token);
        }
        catch (Exception undo) when (undo is DatabaseException or FenceException or IOException or IngestorException
            or UnauthorizedAccessException or OperationCanceledException)
        {
            LogNotUndone(context.Setup.Logger, context.Key, undo.Message);
        }
    }

    /// <summary>Takes files back of which no journal knows.</summary>
    public void UndoFiles()
    {
        context.Files.Undo();
        context.State.IsUndone = true;
    }

    // The journal comes last: until then the next start does the same again.
    private async Task UndoAsync(
        DatabaseSession session, RunRecord run, bool isDropped, string reason, CancellationToken token)
    {
        if (run.MayBeRegistered) LogMayBeRegistered(context.Setup.Logger, run.Key, run.IngestorId);
        var ownership = await context.OwnershipAsync(token);
        // From here on, no other pod adds rows.
        if (context.Setup.Shards is not null)
            await new PartJournal(session, context.Setup.Table, run.Key).RemoveAsync(ownership, token);
        var journal = new RunJournal(session, ownership, run.Key, run.Replaces);
        if (run.Replaces)
        {
            await journal.UndoingAsync(token);
            await new TableReplacement(session, ownership, run).DropShadowAsync(token);
        }
        else
        {
            await new DatasetTable(session, ownership).UndoAsync(run, isDropped, token);
        }

        if (run.Folder is not null) context.FilesOf(run.Key).Undo();
        await journal.FailedAsync(reason, token);
        if (run.Key == context.Key) context.State.IsUndone = true;
    }

    [LoggerMessage(640, LogLevel.Warning, "Run {Key} ended in phase {Phase} without being registered: taking it back")]
    private static partial void LogUndo(ILogger logger, string key, RunPhase phase);

    [LoggerMessage(
        641, LogLevel.Error, "Run {Key} could not be taken back; the next run of the table does it: {Reason}")]
    private static partial void LogNotUndone(ILogger logger, string key, string reason);

    [LoggerMessage(
        644, LogLevel.Warning,
        "Run {Key} ended while it was being registered: the backend may have its data set, with injestor_id "
        + "{IngestorId}; load it again with the same key, or delete the data set there")]
    private static partial void LogMayBeRegistered(ILogger logger, string key, string ingestorId);
}
