using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>The ground of all steps of one attempt, and their findings for the steps that follow.</summary>
internal sealed class RunContext(RunSetup setup, ResultWriter output, DatabaseServer server, DatabaseSession session)
{
    private readonly Guid _attempt = Guid.NewGuid();
    private readonly long _start = setup.Time.GetTimestamp();
    private TableOwnership? _ownership;

    public RunSetup Setup => setup;

    public ResultWriter Out => output;

    public DatabaseServer Server => server;

    public DatabaseSession Session => session;

    public RunState State { get; init; } = new();

    public string Key => setup.Layout.RunKey;

    public TimeSpan Elapsed => setup.Time.GetElapsedTime(_start);

    public VolumeRun Files => FilesOf(Key);

    public RunScratch Scratch => setup.ScratchOf(setup.Table, _attempt);

    /// <summary>The run as its journal holds it.</summary>
    public RunRecord Current => State.Run ?? throw new InvalidOperationException("The journal is not open");

    /// <summary>The fault of a table that has fewer of the run's rows than were loaded.</summary>
    public IngestorException Changed(long there) => new(
        IngestorExit.Failed,
        $"Table {setup.Table} has {there:N0} of the {State.Rows:N0} rows that were loaded; another program changes it");

    public VolumeRun FilesOf(string key) => new(setup.Layout with { RunKey = key }, _attempt);

    /// <summary>The right to change the table, taken when it is first needed.</summary>
    public async Task<TableOwnership> OwnershipAsync(CancellationToken token) =>
        _ownership ??= await TableOwnership.TakeAsync(session, setup.Table, Key, setup.Retry, token);

    /// <summary>The table has no owner any more, and another salt: it is taken again when that is needed.</summary>
    public void EndOwnership() => _ownership = null;

    public async Task<RunJournal> JournalAsync(CancellationToken token) =>
        new(session, await OwnershipAsync(token), Key, State.Run is { Replaces: true });

    /// <summary>The table that the run loads.</summary>
    public async Task<DatasetTable> TableAsync(CancellationToken token) =>
        new(session, await OwnershipAsync(token), State.Run?.LoadedTable);
}
