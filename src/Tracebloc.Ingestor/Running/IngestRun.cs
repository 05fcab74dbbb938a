using Tracebloc.Database;
using Tracebloc.Ingestor.Backend;

namespace Tracebloc.Ingestor.Running;

/// <summary>One attempt of a run: observes, plans, and applies the plan, step by step.</summary>
internal sealed class IngestRun(RunContext context, BackendClient? backend)
{
    private readonly RunUndo _undo = new(context);
    private readonly RunFiles _files = new(context);
    private readonly RunValidation _validation = new(context);
    private readonly RunRegistration _registration = new(context, backend);
    private readonly RunSwap _swap = new(context);

    private RunLoading Loading => new(context, _validation);

    /// <summary>Applies a plan, under the table's lock.</summary>
    /// <param name="plan">The planner.</param>
    /// <param name="held">Cancelled when the lock is lost, or by the signal.</param>
    /// <param name="signal">Cancelled when the program is to end: then the next start takes the run back.</param>
    public async Task ApplyAsync(
        Func<RunObservation, IReadOnlyList<RunAction>> plan, CancellationToken held, CancellationToken signal)
    {
        try
        {
            context.Scratch.TryRemoveOthers(context.Setup.Logger);
            var seen = await new RunObserver(context.Setup, context.Session).ObserveAsync(held);
            context.State.IsUndone = seen.IsUndone;
            foreach (var action in plan(seen)) await ApplyAsync(action, seen, held);
        }
        catch (Exception failure) when (
            context.State.IsOpen && !signal.IsCancellationRequested && failure is not FenceException)
        {
            // A signal does not end it: nothing else takes the run back if its Job has no attempts left.
            await _undo.TakeBackAsync(failure, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested && !signal.IsCancellationRequested)
        {
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {context.Setup.Table}: the connection that held its lock was lost; the next start goes on");
        }
        finally
        {
            context.Scratch.TryRemove(context.Setup.Logger);
        }
    }

    private Task ApplyAsync(RunAction action, RunObservation seen, CancellationToken token) => action switch
    {
        RunAction.Undo undo => _undo.UndoAsync(undo.Run, seen, token),
        RunAction.UndoFiles => Do(_undo.UndoFiles, token),
        RunAction.Validate => _validation.ValidateAsync(token),
        RunAction.CheckPlace => Do(_swap.CheckPlace, token),
        RunAction.Begin begin => Loading.BeginAsync(seen, begin.Replaces, token),
        RunAction.ListFiles => Do(_files.List, token),
        RunAction.CreateTable => Loading.CreateTableAsync(token),
        RunAction.CheckTable => Loading.CheckTableAsync(token),
        RunAction.Load => Loading.LoadAsync(token),
        RunAction.FinishTable => Loading.FinishTableAsync(token),
        RunAction.Resume resume => _validation.ResumeAsync(resume.Run, token),
        RunAction.PlaceFiles => _files.PlaceAsync(token),
        RunAction.Report report => _registration.ReportAsync(report, token),
        RunAction.Register register => _registration.RegisterAsync(register.From, token),
        RunAction.BeginSwap => _registration.BeginSwapAsync(token),
        RunAction.Swap swap => _swap.SwapAsync(swap.Run ?? context.Current, token),
        RunAction.Close => _registration.CloseAsync(token),
        RunAction.CloseFiles => Do(context.Files.Close, token),
        RunAction.Replay replay => _registration.ReplayAsync(replay.Run, token),
        RunAction.Refuse refuse => throw new IngestorException(IngestorExit.Failed, refuse.Message)
        {
            IsFinal = true,
        },
        _ => throw new InvalidOperationException($"{action.GetType().Name} is no step"),
    };

    private static Task Do(Action step, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        step();
        return Task.CompletedTask;
    }
}
