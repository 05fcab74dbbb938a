using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Decides the steps of a run from what it found. Pure.</summary>
internal static class RunPlanner
{
    /// <summary>The steps of <c>ingestor run</c>, in order.</summary>
    public static IReadOnlyList<RunAction> Plan(RunObservation seen) => seen.Own switch
    {
        // Before anything else: this run does not hold the lock of that other table.
        { } own when own.Table != seen.Table => [Reused(own)],
        // The backend has its data set: nothing but the swap is left of it.
        { Phase: RunPhase.Swapping } own when own.SpecDigest == seen.SpecDigest =>
            [new RunAction.Swap(own), new RunAction.Replay(own)],
        { Phase: RunPhase.Swapping } own => [new RunAction.Swap(own), Reused(own)],
        { IsRegistered: true } own when own.SpecDigest == seen.SpecDigest => [new RunAction.Replay(own)],
        { IsRegistered: true } own => [Reused(own)],
        _ => [.. Swaps(seen), .. PlanUnregistered(AfterSwaps(seen))],
    };

    private static IReadOnlyList<RunAction> PlanUnregistered(RunObservation seen) => seen.Own switch
    {
        { } own when CanResume(own, seen) => [.. UndoDead(seen), .. Resume(own, seen)],
        { IsOver: false } own => [.. UndoDead(seen), new RunAction.Undo(own), .. Anew(seen)],
        _ => [.. UndoDead(seen), .. Anew(seen)],
    };

    /// <summary>The steps of <c>ingestor undo</c>.</summary>
    public static IReadOnlyList<RunAction> PlanUndo(RunObservation seen) => seen.Own switch
    {
        { } own when own.Table != seen.Table => [Reused(own)],
        { Phase: RunPhase.Swapping } own => [new RunAction.Swap(own), .. Closed(seen), Complete(own)],
        { IsRegistered: true } own => [.. Closed(seen), Complete(own)],
        { Phase: RunPhase.Failed } => [],
        { } own => [new RunAction.Undo(own)],
        null when seen.Folder.Owner == seen.Key => [new RunAction.UndoFiles()],
        null => [],
    };

    // No start follows that would do it.
    private static IEnumerable<RunAction> Closed(RunObservation seen) =>
        seen.HasFiles ? [new RunAction.CloseFiles()] : [];

    private static RunAction.Refuse Complete(RunRecord own) => new(own.Phase == RunPhase.Replaced
        ? $"Run {own.Key} is complete, and a later run has replaced its data set; nothing was undone"
        : $"Run {own.Key} is complete, and nothing was undone; delete its data set instead");

    // Of another run: it has the same claim to its place as before it was killed.
    private static IEnumerable<RunAction> Swaps(RunObservation seen) =>
        seen.Others.Where(run => run.Phase == RunPhase.Swapping).Select(run => new RunAction.Swap(run));

    /// <summary>The same once the swaps of other runs are done.</summary>
    private static RunObservation AfterSwaps(RunObservation seen)
    {
        if (seen.Others.LastOrDefault(run => run.Phase == RunPhase.Swapping) is not { } last) return seen;
        var hadFolder = seen.Others.Any(run => run is { Phase: RunPhase.Registered, Folder: not null });
        return seen with
        {
            Others = [.. seen.Others.Select(run => run.Phase switch
            {
                RunPhase.Swapping when run == last => run with { Phase = RunPhase.Registered, Replaces = false },
                RunPhase.Swapping or RunPhase.Registered => run with { Phase = RunPhase.Replaced, Replaces = false },
                _ => run,
            })],
            TableExists = true,
            TableCreator = last.Key,
            Folder = !seen.HasFiles || (last.Folder is null && !hadFolder) ? seen.Folder
                : new FolderFacts(HasFiles: last.Folder is not null),
        };
    }

    // The lock of the table is held: a run that is not over is dead.
    private static IEnumerable<RunAction> UndoDead(RunObservation seen) =>
        seen.Others.Where(run => !run.IsOver).Select(run => new RunAction.Undo(run));

    private static bool CanResume(RunRecord own, RunObservation seen) =>
        own.Phase is RunPhase.Loaded or RunPhase.Placing or RunPhase.Placed
        && own.SpecDigest == seen.SpecDigest
        && own.SourceMark == seen.SourceMark
        && (own.Replaces
            ? seen.Overwrite && seen.ShadowExists
            : seen.TableExists
                && (own.Phase != RunPhase.Placed || !seen.HasFiles || seen.Folder.Owner == own.Key));

    private static IEnumerable<RunAction> Resume(RunRecord own, RunObservation seen)
    {
        yield return new RunAction.Resume(own);
        // Files that stay in the hidden folder are compared again: only the swap gives them a place.
        if (seen.HasFiles && (own.Replaces || own.Phase != RunPhase.Placed)) yield return new RunAction.PlaceFiles();
        foreach (var action in Registration(own.Replaces, own.Batches, own.MayHaveArrived, own.Calls))
            yield return action;
    }

    private static IEnumerable<RunAction> Anew(RunObservation seen)
    {
        if (Refusal(seen) is { } reason) return [new RunAction.Refuse(reason)];
        List<RunAction> steps = [];
        if (seen.Own is null or { IsOver: true } && seen.Folder.Owner == seen.Key)
            steps.Add(new RunAction.UndoFiles());
        steps.Add(new RunAction.Validate());
        var replaced = Replaced(seen);
        var (replaces, stays) = (replaced is not null, replaced is null && seen.TableExists && !IsDropped(seen));
        if (replaced is { Folder: not null }) steps.Add(new RunAction.CheckPlace());
        if (stays) steps.Add(new RunAction.CheckTable());
        steps.Add(new RunAction.Begin(replaces));
        if (seen.HasFiles) steps.Add(new RunAction.ListFiles());
        if (!stays) steps.Add(new RunAction.CreateTable());
        steps.AddRange([new RunAction.Load(), new RunAction.FinishTable()]);
        if (seen.HasFiles) steps.Add(new RunAction.PlaceFiles());
        // An attempt that was undone may have reached the backend, with the same ids.
        steps.AddRange(Registration(replaces, from: 0, seen.Own?.MayHaveArrived ?? 0, calls: 0));
        return steps;
    }

    /// <summary>The reason not to load, as it is after every undo.</summary>
    private static string? Refusal(RunObservation seen)
    {
        if (!seen.Overwrite && SameRows(seen) is { } repeated)
            return $"Table {seen.Table} has the {seen.Intent} rows of run {repeated.Key} already: a data set is loaded "
                + "once; choose another table, delete that data set first, or replace it with overwrite";
        if (Replaced(seen) is { } former && RefusalToReplace(seen, former) is { } reason) return reason;
        var isFree = !seen.Folder.HasFiles || seen.Folder.Owner == seen.Key || IsUndone(seen, seen.Folder.Owner)
            || Replaced(seen) is { Folder: not null };
        return seen.HasFiles && !isFree
            ? $"Folder {seen.Table} of the volume holds files already; choose another table, or remove the folder"
            : null;
    }

    private static string? RefusalToReplace(RunObservation seen, RunRecord former)
    {
        var other = seen.Others.FirstOrDefault(run => run.Phase == RunPhase.Registered && run.Intent != seen.Intent);
        if (other is not null)
            return $"Table {seen.Table} has the {other.Intent} rows of run {other.Key} beside the {seen.Intent} rows, "
                + "and a data set is replaced as a whole; delete the data set and load both, or choose another table";
        return seen.TableExists && seen.TableCreator is null
            ? $"Table {seen.Table} was there before run {former.Key}, and may hold rows of other programs: it is not "
                + "replaced; delete the data set, or choose another table"
            : null;
    }

    /// <summary>The run whose data set this one replaces; null for none.</summary>
    private static RunRecord? Replaced(RunObservation seen) => seen.Overwrite ? SameRows(seen) : null;

    private static RunRecord? SameRows(RunObservation seen) => seen.Others.FirstOrDefault(
        run => run.Phase == RunPhase.Registered && run.Intent == seen.Intent);

    /// <summary>True where undoing drops the table: its creator is undone, and no registered run uses it.</summary>
    private static bool IsDropped(RunObservation seen) =>
        IsUndone(seen, seen.TableCreator) && !seen.Others.Any(run => run.Phase == RunPhase.Registered);

    private static bool IsUndone(RunObservation seen, string? key) =>
        seen.Others.Append(seen.Own).Any(run => run is { IsOver: false } && run.Key == key);

    private static RunAction Reused(RunRecord own) => new RunAction.Refuse(
        $"Run {own.Key} was for another specification, of table {own.Table}; start this one with a key of its own");

    private static IEnumerable<RunAction> Registration(bool replaces, int from, int arrived, int calls)
    {
        yield return new RunAction.Report(from, arrived);
        yield return new RunAction.Register(calls);
        if (replaces) yield return new RunAction.BeginSwap();
        if (replaces) yield return new RunAction.Swap();
        yield return new RunAction.Close();
    }
}
