using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// The load of a run that several pods share, as pod 0 sees it, which holds the table's lock. It writes the parts to
/// the journal, loads parts as the others do, and goes on when all of them are loaded. A pod that dies leaves its part
/// to those that live; when pod 0 dies, its next attempt takes the table over, whereupon no other pod can change it any
/// more, and starts the load again.
/// </summary>
internal sealed partial class SharedLoad(RunContext context, ShardSettings shards)
{
    /// <summary>
    /// The parts for each pod: a pod that starts late, or is slow, leaves some of its own to the others.
    /// </summary>
    public const int PartsOfPod = 4;

    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;

    /// <exception cref="IngestorException">A part cannot be loaded, or none was loaded for a long time.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task LoadAsync(PartSource source, CancellationToken token)
    {
        await PartJournal.PrepareAsync(context.Session, token);
        var ownership = await context.OwnershipAsync(token);
        var journal = new PartJournal(context.Session, _setup.Table, context.Key);
        await journal.PlanAsync(ownership, _state.Parts, source, token);
        LogPlan(_setup.Logger, _setup.Table, _state.Rows, _state.Parts.Count, shards.Count);
        await LoadAllAsync(journal, token);
        await journal.RemoveAsync(ownership, token);
    }

    private async Task LoadAllAsync(PartJournal journal, CancellationToken token)
    {
        var loading = new PartLoading(_setup, shards, context.Server, context.Session);
        var (loaded, since) = (0, _setup.Time.GetTimestamp());
        while (true)
        {
            var parts = await journal.FindAsync(token);
            if (parts?.Parts.Count != _state.Parts.Count)
                throw new FenceException($"Table {_setup.Table} was taken over by another run, which has other parts");
            if (parts.Failed is { Error: var reason })
                throw new IngestorException(IngestorExit.Failed, reason ?? "A part of the rows could not be loaded");
            if (parts.Loaded == parts.Parts.Count) return;
            if (parts.Loaded > loaded) (loaded, since) = (parts.Loaded, _setup.Time.GetTimestamp());
            if (_setup.Time.GetElapsedTime(since) > _setup.Deadlines.Part)
                throw new IngestorException(
                    IngestorExit.Failed,
                    $"Table {_setup.Table}: {loaded} of {parts.Parts.Count} parts are loaded, and no other was for "
                    + $"{_setup.Deadlines.Part.TotalHours:0} h; delete the pods that hang, and start the run again");
            if (await loading.TryLoadAsync(context.Current, parts, token)) continue;
            await Task.Delay(_setup.Deadlines.Look, _setup.Time, token);
        }
    }

    [LoggerMessage(
        663, LogLevel.Information, "Table {Table}: {Rows} rows in {Parts} parts, which up to {Pods} pods load")]
    private static partial void LogPlan(ILogger logger, string table, long rows, int parts, int pods);
}
