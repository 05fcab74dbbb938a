using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Running;

internal sealed partial class IngestRun
{
    private async Task UndoAsync(RunRecord run, RunObservation seen, CancellationToken token)
    {
        LogUndo(_setup.Logger, run.Key, run.Phase);
        var ownership = await OwnershipAsync(token);
        var isDropped = seen.TableCreator == run.Key
            && !seen.Others.Any(other => other.Phase == RunPhase.Registered);
        await new DatasetTable(_session, ownership).UndoAsync(run, isDropped, token);
        if (run.Folder is not null) new VolumeRun(_setup.Layout with { RunKey = run.Key }, _attempt).Undo();
        await new RunJournal(_session, ownership, run.Key).FailedAsync("the run ended before it was registered", token);
    }

    /// <summary>Takes a failed run back at once, with connections and a deadline of its own.</summary>
    private async Task TakeBackAsync(Exception failure, CancellationToken token)
    {
        using var deadline = new Deadline(_setup.Deadlines.Undo, _setup.Time, token);
        try
        {
            await using var session = await _server.OpenAsync(SessionUse.Control, deadline.Token);
            var ownership = await OwnershipAsync(deadline.Token);
            var table = await new JournalReader(session).TableAsync(_setup.Table, deadline.Token);
            var runs = await new JournalReader(session).OfTableAsync(_setup.Table, deadline.Token);
            var isDropped = table?.CreatedBy == Key && runs.All(run => run.Phase != RunPhase.Registered);
            await new DatasetTable(session, ownership).UndoAsync(Current, isDropped, deadline.Token);
            if (_setup.HasFiles) Files.Undo();
            await new RunJournal(session, ownership, Key).FailedAsync(failure.Message, deadline.Token);
        }
        catch (Exception undo) when (undo is DatabaseException or FenceException or IOException or IngestorException
            or UnauthorizedAccessException or OperationCanceledException)
        {
            LogNotUndone(_setup.Logger, Key, undo.Message);
        }
    }

    [LoggerMessage(640, LogLevel.Warning, "Run {Key} ended in phase {Phase} without being registered: taking it back")]
    private static partial void LogUndo(ILogger logger, string key, RunPhase phase);

    [LoggerMessage(
        641, LogLevel.Error, "Run {Key} could not be taken back; the next run of the table does it: {Reason}")]
    private static partial void LogNotUndone(ILogger logger, string key, string reason);
}
