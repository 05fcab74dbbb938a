using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// The slices of an attempt, as pod 0 sees them, which holds the table's lock: it writes them to the journal, and
/// validates some as the others do, until all are validated.
/// </summary>
internal sealed partial class SliceLead(RunContext context, ShardSettings shards)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly byte[] _owner = RandomNumberGenerator.GetBytes(16);

    public SliceJournal Journal => field ??= new(context.Session, _setup.Retry, _setup.Table, context.Key);

    /// <summary>Writes the slices.</summary>
    public async Task PlanAsync(IReadOnlyList<SourceSlice> slices, CancellationToken token)
    {
        await RunJournal.PrepareAsync(context.Session, _setup.Settings.Database.Name, token);
        await PartJournal.PrepareAsync(context.Session, token);
        await Journal.PlanAsync(
            new RunSlices(
                _owner,
                _setup.Digest,
                [.. slices.Select((slice, number) => new SliceRecord(number, slice, SliceState.Open))]),
            token);
        LogPlan(_setup.Logger, _setup.Table, slices.Count, shards.Count);
    }

    /// <summary>Validates all slices.</summary>
    /// <param name="chainOf">Finds those that are right.</param>
    /// <param name="token">Ends the attempt.</param>
    /// <exception cref="IngestorException">A slice cannot be read, or none was validated for a long time.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task<IReadOnlyList<SliceRecord>> CheckAllAsync(
        Func<RunSlices, SliceChain> chainOf, CancellationToken token)
    {
        var checking = new SliceChecking(_setup, shards, context.Server, context.Session, context.Scratch);
        var (done, since) = (0, _setup.Time.GetTimestamp());
        while (true)
        {
            var slices = await FindAsync(token);
            var chain = chainOf(slices);
            if (chain.IsComplete) return chain.Right;
            var count = slices.Slices.Count(slice => slice.State == SliceState.Done);
            if (count > done || chain.Again is not null) (done, since) = (count, _setup.Time.GetTimestamp());
            if (chain.Again is { } again)
                await Journal.ReadAgainAsync(again, _owner, token);
            else if (_setup.Time.GetElapsedTime(since) > _setup.Deadlines.Part)
                throw new IngestorException(
                    IngestorExit.Failed,
                    $"Table {_setup.Table}: {count} of {slices.Slices.Count} slices are validated, and no other was "
                    + $"for {_setup.Deadlines.Part.TotalHours:0} h; delete the pods that hang, and start the run "
                    + "again");
            else if (!await checking.TryCheckAsync(slices, token))
                await Task.Delay(_setup.Deadlines.LookAtSlices, _setup.Time, token);
        }
    }

    /// <summary>Removes the slices. After a signal, or a fault of the database, the next start does it.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        if (token.IsCancellationRequested) return;
        try
        {
            await Journal.EndAsync(_owner, token);
        }
        catch (DatabaseException fault)
        {
            // Slices that stay decide no outcome.
            LogNotRemoved(_setup.Logger, _setup.Table, fault.Message);
        }
    }

    /// <summary>The fault of findings that cannot be read.</summary>
    public IngestorException Unlike(InvalidDataException findings) => new(
        IngestorExit.Failed,
        $"Table {_setup.Table}: the pods of the run have different versions; start the Job again with one image",
        findings);

    private async Task<RunSlices> FindAsync(CancellationToken token)
    {
        var slices = await Journal.FindAsync(token);
        if (slices is null || !slices.Owner.AsSpan().SequenceEqual(_owner))
            throw new FenceException($"Table {_setup.Table} was taken over by another run, which has other slices");
        return slices.Failed is not { Error: var reason }
            ? slices
            : throw new IngestorException(IngestorExit.Failed, reason ?? "A slice of the data could not be read");
    }

    [LoggerMessage(
        677, LogLevel.Information, "Table {Table}: the data is validated in {Slices} slices by up to {Pods} pods")]
    private static partial void LogPlan(ILogger logger, string table, int slices, int pods);

    [LoggerMessage(
        680, LogLevel.Warning,
        "Table {Table}: its slices could not be removed, and the next run that pods share removes them: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string table, string reason);
}
