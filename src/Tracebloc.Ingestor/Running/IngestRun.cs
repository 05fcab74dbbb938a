using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Backend;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>One attempt of a run: observes, plans, and applies the plan, step by step.</summary>
internal sealed partial class IngestRun : IAsyncDisposable
{
    private readonly RunSetup _setup;
    private readonly ResultWriter _out;
    private readonly DatabaseServer _server;
    private readonly DatabaseSession _session;
    private readonly BackendClient? _backend;
    private readonly RunState _state = new();
    private readonly Guid _attempt = Guid.NewGuid();
    private readonly long _start;

    public IngestRun(
        RunSetup setup, ResultWriter output, DatabaseServer server, DatabaseSession session, BackendClient? backend)
    {
        (_setup, _out, _server, _session, _backend) = (setup, output, server, session, backend);
        _start = setup.Time.GetTimestamp();
    }

    private string Key => _setup.Layout.RunKey;

    private DatabaseRetry Retry => new(_setup.Time, Random.Shared.NextDouble, _setup.Logger);

    private VolumeRun Files => new(_setup.Layout, _attempt);

    public ValueTask DisposeAsync()
    {
        _backend?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Applies a plan, under the table's lock.</summary>
    /// <param name="plan">The planner.</param>
    /// <param name="held">Cancelled when the lock is lost, or by the signal.</param>
    /// <param name="signal">Cancelled when the program is to end: then the next start takes the run back.</param>
    public async Task ApplyAsync(
        Func<RunObservation, IReadOnlyList<RunAction>> plan, CancellationToken held, CancellationToken signal)
    {
        try
        {
            var seen = await new RunObserver(_setup, _session).ObserveAsync(held);
            foreach (var action in plan(seen)) await ApplyAsync(action, seen, held);
        }
        catch (Exception failure) when (
            _state.IsOpen && !signal.IsCancellationRequested && failure is not FenceException)
        {
            // A signal does not end it: nothing else takes the run back if its Job has no attempts left.
            await TakeBackAsync(failure, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested && !signal.IsCancellationRequested)
        {
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {_setup.Table}: the connection that held its lock was lost; the next start goes on");
        }
    }

    private Task ApplyAsync(RunAction action, RunObservation seen, CancellationToken token) => action switch
    {
        RunAction.Undo undo => UndoAsync(undo.Run, seen, token),
        RunAction.UndoFiles => Do(Files.Undo, token),
        RunAction.Validate => ValidateAsync(token),
        RunAction.Begin => BeginAsync(seen, token),
        RunAction.ListFiles => Do(ListFiles, token),
        RunAction.CreateTable => CreateTableAsync(token),
        RunAction.CheckTable => CheckTableAsync(token),
        RunAction.Load => LoadAsync(token),
        RunAction.FinishTable => FinishTableAsync(token),
        RunAction.Resume resume => ResumeAsync(resume.Run, token),
        RunAction.PlaceFiles => PlaceFilesAsync(token),
        RunAction.Report report => ReportAsync(report, token),
        RunAction.Register register => RegisterAsync(register.From, token),
        RunAction.Close => CloseAsync(token),
        RunAction.Replay replay => Do(() => Replay(replay.Run), token),
        RunAction.Refuse refuse => throw new IngestorException(IngestorExit.Failed, refuse.Message),
        _ => throw new InvalidOperationException($"{action.GetType().Name} is no step"),
    };

    private static Task Do(Action step, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        step();
        return Task.CompletedTask;
    }

    /// <summary>The right to change the table, taken when it is first needed.</summary>
    private async Task<TableOwnership> OwnershipAsync(CancellationToken token) =>
        _state.Ownership ??= await TableOwnership.TakeAsync(_session, _setup.Table, Key, Retry, token);

    private async Task<RunJournal> JournalAsync(CancellationToken token) =>
        new(_session, await OwnershipAsync(token), Key);

    private async Task<DatasetTable> TableAsync(CancellationToken token) =>
        new(_session, await OwnershipAsync(token));

    private RunRecord Current => _state.Run ?? throw new InvalidOperationException("The journal is not open");
}
