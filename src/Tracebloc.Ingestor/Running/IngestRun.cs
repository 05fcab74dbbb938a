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

    private IngestRun(
        RunSetup setup, ResultWriter output, DatabaseServer server, DatabaseSession session, BackendClient? backend)
    {
        (_setup, _out, _server, _session, _backend) = (setup, output, server, session, backend);
        _start = setup.Time.GetTimestamp();
    }

    private string Key => _setup.Layout.RunKey;

    private DatabaseRetry Retry => new(_setup.Time, Random.Shared.NextDouble, _setup.Logger);

    private VolumeRun Files => new(_setup.Layout, _attempt);

    /// <summary>Waits for the database and for the table's lock, and runs.</summary>
    /// <exception cref="IngestorException">The run failed; nothing of it is left, or the next start removes it.</exception>
    public static Task RunAsync(RunSetup setup, ResultWriter output, CancellationToken token) =>
        ApplyAsync(setup, output, RunPlanner.Plan, token);

    /// <summary>Takes an unregistered run back, whatever it has done.</summary>
    /// <exception cref="IngestorException">The run is registered, or the undo failed.</exception>
    public static Task UndoAsync(RunSetup setup, ResultWriter output, CancellationToken token) =>
        ApplyAsync(setup, output, RunPlanner.PlanUndo, token);

    private static async Task ApplyAsync(
        RunSetup setup,
        ResultWriter output,
        Func<RunObservation, IReadOnlyList<RunAction>> plan,
        CancellationToken token)
    {
        var server = await ConnectAsync(setup, token);
        var name = LockName.Of("tracebloc/", setup.Settings.Database.Name, setup.Table);
        await using var held = await NamedLock.TryTakeAsync(server, name, setup.Deadlines.TableLock, token)
            ?? throw new IngestorException(
                IngestorExit.Failed,
                $"Table {setup.Table} is being loaded by another run, which holds its lock; start this run again after it");
        await using var session = await server.OpenAsync(SessionUse.Control, held.Token);
        await using var run = new IngestRun(setup, output, server, session, Backend(setup));
        await run.ApplyAsync(plan, held.Token, token);
    }

    public ValueTask DisposeAsync()
    {
        _backend?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<DatabaseServer> ConnectAsync(RunSetup setup, CancellationToken token)
    {
        var database = setup.Settings.Database;
        try
        {
            return await DatabaseServer.WaitAsync(database.Options, database.Wait, setup.Time, setup.Logger, token);
        }
        catch (DatabaseException absent) when (absent.Failure == DatabaseFailure.Connection)
        {
            throw new IngestorException(IngestorExit.NoDatabase, absent.Message, absent);
        }
    }

    private static BackendClient? Backend(RunSetup setup) => setup.Settings.Backend is not { } settings
        ? null
        : new BackendClient(
            BackendConnection.Open(settings, setup.Deadlines.BackendCall, setup.Variable, setup.Time),
            settings.Token.Reveal(),
            new BackendPauses(setup.Deadlines.BackendPause, Random.Shared.NextDouble),
            setup.Time,
            setup.Logger);

    private async Task ApplyAsync(
        Func<RunObservation, IReadOnlyList<RunAction>> plan, CancellationToken held, CancellationToken signal)
    {
        try
        {
            var seen = await new RunObserver(_setup, _session).ObserveAsync(held);
            foreach (var action in plan(seen)) await ApplyAsync(action, seen, held);
        }
        catch (Exception failure) when (_state.IsOpen && !signal.IsCancellationRequested && failure is not FenceException)
        {
            await TakeBackAsync(failure);
            throw;
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested && !signal.IsCancellationRequested)
        {
            throw new IngestorException(
                IngestorExit.Failed, $"Table {_setup.Table}: the connection that held its lock was lost; the next start goes on");
        }
    }

    private Task ApplyAsync(RunAction action, RunObservation seen, CancellationToken token) => action switch
    {
        RunAction.Undo undo => UndoAsync(undo.Run, seen, token),
        RunAction.UndoFiles => Do(Files.Undo),
        RunAction.Validate => ValidateAsync(token),
        RunAction.Begin => BeginAsync(seen, token),
        RunAction.ListFiles => Do(ListFiles),
        RunAction.CreateTable => CreateTableAsync(token),
        RunAction.CheckTable => CheckTableAsync(token),
        RunAction.Load => LoadAsync(token),
        RunAction.FinishTable => FinishTableAsync(token),
        RunAction.Resume resume => ResumeAsync(resume.Run, token),
        RunAction.PlaceFiles => PlaceFilesAsync(token),
        RunAction.Report report => ReportAsync(report, token),
        RunAction.Register register => RegisterAsync(register.From, token),
        RunAction.Close => CloseAsync(token),
        RunAction.Replay replay => Do(() => Replay(replay.Run)),
        RunAction.Refuse refuse => throw new IngestorException(IngestorExit.Failed, refuse.Message),
        _ => throw new InvalidOperationException($"{action.GetType().Name} is no step"),
    };

    private static Task Do(Action step)
    {
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
