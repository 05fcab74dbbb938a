using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Backend;

namespace Tracebloc.Ingestor.Running;

/// <summary>Connects to the database, takes the table's lock, and starts an attempt under it.</summary>
internal static class RunStart
{
    /// <summary>Waits for the database and for the table's lock, and runs.</summary>
    /// <exception cref="IngestorException">The run failed; the next start removes what is left.</exception>
    public static Task RunAsync(RunSetup setup, RunState state, ResultWriter output, CancellationToken token) =>
        ApplyAsync(setup, state, output, RunPlanner.Plan, token);

    /// <summary>Takes an unregistered run back, whatever it has done.</summary>
    /// <exception cref="IngestorException">The run is complete, or the undo failed.</exception>
    public static Task UndoAsync(RunSetup setup, RunState state, ResultWriter output, CancellationToken token) =>
        ApplyAsync(setup, state, output, RunPlanner.PlanUndo, token);

    private static async Task ApplyAsync(
        RunSetup setup,
        RunState state,
        ResultWriter output,
        Func<RunObservation, IReadOnlyList<RunAction>> plan,
        CancellationToken token)
    {
        var server = await ConnectAsync(setup, token);
        var name = LockName.Of("tracebloc/", setup.Settings.Database.Name, setup.Table);
        await using var held = await NamedLock.TryTakeAsync(server, name, setup.Deadlines.TableLock, token)
            ?? throw new IngestorException(
                IngestorExit.Failed,
                $"Table {setup.Table} is being loaded by another run, which holds its lock; start this run after it");
        await using var session = await server.OpenAsync(SessionUse.Control, held.Token);
        using var backend = Backend(setup);
        var context = new RunContext(setup, output, server, session) { State = state };
        await new IngestRun(context, backend).ApplyAsync(plan, held.Token, token);
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
}
