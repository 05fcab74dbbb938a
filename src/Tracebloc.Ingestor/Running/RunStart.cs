using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Backend;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Running;

/// <summary>Connects to the database, takes the table's lock, and starts an attempt under it.</summary>
internal static partial class RunStart
{
    /// <summary>
    /// Waits for the database and for the table's lock, and runs. A pod of an indexed Job that is not pod 0 helps to
    /// load, where that is possible.
    /// </summary>
    /// <exception cref="IngestorException">The run failed; the next start removes what is left.</exception>
    public static async Task RunAsync(
        RunSetup setup, RunState state, ResultWriter output, CancellationToken token)
    {
        if (setup.Settings.Shards is { } shards && ShardRule.ReasonAgainst(setup.Specification) is { } reason)
            LogOnePod(setup.Logger, setup.Table, reason, shards.Count);
        if (setup.Settings.Shards is { Index: null })
            throw new IngestorException(
                IngestorExit.Usage,
                "environment: JOB_COMPLETION_INDEX: is not set, and TRACEBLOC_INGEST_SHARDS is; make the Job an "
                + "indexed one, or remove TRACEBLOC_INGEST_SHARDS");
        if (setup.Settings.Shards is null or { Index: 0 })
            await ApplyAsync(setup, state, output, RunPlanner.Plan, token);
        else if (setup.Shards is { } pods)
            await new FollowingPod(setup, pods, await ConnectAsync(setup, token)).RunAsync(token);
    }

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
        await using var held = await NamedLock.TryTakeAsync(
            server, setup.TableLock, setup.Deadlines.TableLock, token)
            ?? throw new IngestorException(
                IngestorExit.Failed,
                $"Table {setup.Table} is being loaded by another run, which holds its lock; start this run after it");
        await using var session = await server.OpenAsync(SessionUse.Control, held.Token);
        // An attempt may have been killed while its pods validated.
        if (setup.Shards is not null)
            await SliceJournal.RemoveAsync(session, setup.Retry, setup.Table, held.Token);
        using var backend = Backend(setup);
        var context = new RunContext(setup, output, server, session) { State = state };
        await new IngestRun(context, backend).ApplyAsync(plan, held.Token, token);
    }

    private static Task<DatabaseServer> ConnectAsync(RunSetup setup, CancellationToken token) =>
        DatabaseStart.ConnectAsync(setup.Settings.Database, setup.Time, setup.Logger, token);

    private static BackendClient? Backend(RunSetup setup) => setup.Settings.Backend is not { } settings
        ? null
        : new BackendClient(
            BackendConnection.Open(settings, setup.Deadlines.BackendCall, setup.Variable, setup.Time),
            settings.Token.Reveal(),
            new RetryPauses(setup.Deadlines.BackendPause, Random.Shared.NextDouble),
            setup.Time,
            setup.Logger);

    [LoggerMessage(
        665, LogLevel.Information, "Table {Table} is loaded by pod 0 of {Pods} alone, and the others end: {Reason}")]
    private static partial void LogOnePod(ILogger logger, string table, string reason, int pods);
}
