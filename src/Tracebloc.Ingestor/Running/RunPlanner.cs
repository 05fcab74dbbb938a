using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Decides the steps of a run from what it found. Pure.</summary>
internal static class RunPlanner
{
    /// <summary>The steps of <c>ingestor run</c>, in order.</summary>
    public static IReadOnlyList<RunAction> Plan(RunObservation seen) => seen.Own switch
    {
        // Before anything else: this run does not hold the lock of that other table.
        { } own when own.Table != seen.Table => [Reused(own)],
        { Phase: RunPhase.Registered } own when own.SpecDigest == seen.SpecDigest => [new RunAction.Replay(own)],
        { Phase: RunPhase.Registered } own => [Reused(own)],
        { } own when CanResume(own, seen) => [.. UndoDead(seen), .. Resume(own, seen)],
        { IsOver: false } own => [.. UndoDead(seen), new RunAction.Undo(own), .. Anew(seen)],
        _ => [.. UndoDead(seen), .. Anew(seen)],
    };

    /// <summary>The steps of <c>ingestor undo</c>.</summary>
    public static IReadOnlyList<RunAction> PlanUndo(RunObservation seen) => seen.Own switch
    {
        { } own when own.Table != seen.Table => [Reused(own)],
        { Phase: RunPhase.Registered } own => [.. Closed(seen), Complete(own)],
        { Phase: RunPhase.Failed } => [],
        { } own => [new RunAction.Undo(own)],
        null when seen.Folder.Owner == seen.Key => [new RunAction.UndoFiles()],
        null => [],
    };

    // No start follows that would do it.
    private static IEnumerable<RunAction> Closed(RunObservation seen) =>
        seen.HasFiles ? [new RunAction.CloseFiles()] : [];

    private static RunAction.Refuse Complete(RunRecord own) =>
        new($"Run {own.Key} is complete, and nothing was undone; delete its data set instead");

    // The lock of the table is held: a run that is not over is dead.
    private static IEnumerable<RunAction> UndoDead(RunObservation seen) =>
        seen.Others.Where(run => !run.IsOver).Select(run => new RunAction.Undo(run));

    private static bool CanResume(RunRecord own, RunObservation seen) =>
        own.Phase is RunPhase.Loaded or RunPhase.Placing or RunPhase.Placed
        && own.SpecDigest == seen.SpecDigest
        && own.SourceMark == seen.SourceMark
        && seen.TableExists
        && (own.Phase != RunPhase.Placed || !seen.HasFiles || seen.Folder.Owner == own.Key);

    private static IEnumerable<RunAction> Resume(RunRecord own, RunObservation seen)
    {
        yield return new RunAction.Resume(own);
        if (seen.HasFiles && own.Phase != RunPhase.Placed) yield return new RunAction.PlaceFiles();
        foreach (var action in Registration(own.Batches, own.MayHaveArrived, own.Calls)) yield return action;
    }

    private static IEnumerable<RunAction> Anew(RunObservation seen)
    {
        if (Refusal(seen) is { } reason) return [new RunAction.Refuse(reason)];
        List<RunAction> steps = [];
        if (seen.Own is null or { IsOver: true } && seen.Folder.Owner == seen.Key)
            steps.Add(new RunAction.UndoFiles());
        steps.Add(new RunAction.Validate());
        var stays = seen.TableExists && !IsDropped(seen);
        if (stays) steps.Add(new RunAction.CheckTable());
        steps.Add(new RunAction.Begin());
        if (seen.HasFiles) steps.Add(new RunAction.ListFiles());
        if (!stays) steps.Add(new RunAction.CreateTable());
        steps.AddRange([new RunAction.Load(), new RunAction.FinishTable()]);
        if (seen.HasFiles) steps.Add(new RunAction.PlaceFiles());
        // An attempt that was undone may have reached the backend, with the same ids.
        steps.AddRange(Registration(from: 0, seen.Own?.MayHaveArrived ?? 0, calls: 0));
        return steps;
    }

    /// <summary>The reason not to load, as it is after every undo.</summary>
    private static string? Refusal(RunObservation seen)
    {
        var repeated = seen.Others.FirstOrDefault(
            run => run.Phase == RunPhase.Registered && run.Intent == seen.Intent);
        if (repeated is not null)
            return $"Table {seen.Table} has the {seen.Intent} rows of run {repeated.Key} already: a data set is loaded "
                + "once; choose another table, or delete that data set first";
        var isFree = !seen.Folder.HasFiles || seen.Folder.Owner == seen.Key || IsUndone(seen, seen.Folder.Owner);
        return seen.HasFiles && !isFree
            ? $"Folder {seen.Table} of the volume holds files already; choose another table, or remove the folder"
            : null;
    }

    /// <summary>True where undoing drops the table: its creator is undone, and no registered run uses it.</summary>
    private static bool IsDropped(RunObservation seen) =>
        IsUndone(seen, seen.TableCreator) && !seen.Others.Any(run => run.Phase == RunPhase.Registered);

    private static bool IsUndone(RunObservation seen, string? key) =>
        seen.Others.Append(seen.Own).Any(run => run is { IsOver: false } && run.Key == key);

    private static RunAction Reused(RunRecord own) => new RunAction.Refuse(
        $"Run {own.Key} was for another specification, of table {own.Table}; start this one with a key of its own");

    private static RunAction[] Registration(int from, int arrived, int calls) =>
        [new RunAction.Report(from, arrived), new RunAction.Register(calls), new RunAction.Close()];
}
