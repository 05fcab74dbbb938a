using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Keeping;

/// <summary>
/// Purges rows that were deleted or evicted long ago, with their labels and annotations, during one term. Each batch is
/// a transaction of its own: a retention that ends in the middle has purged what it has reached.
/// </summary>
/// <param name="setup">The services.</param>
/// <param name="term">The term.</param>
/// <param name="numbers">Counts by kind, over all terms, in the order of the kinds.</param>
internal sealed partial class Retention(RetentionSetup setup, Term term, IReadOnlyList<PurgeNumbers> numbers)
{
    private readonly StoreDatabase _database = new(
        setup.Pool, new DatabaseRetry(setup.Time, Random.Shared.NextDouble, setup.Logger), setup.Time);

    /// <summary>A count for each kind, from zero.</summary>
    public static IReadOnlyList<PurgeNumbers> NumbersOf(KindSet kinds) =>
        [.. kinds.All.Select(kind => new PurgeNumbers(kind.Name))];

    /// <summary>Looks at once and then every hour, until it is cancelled.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        var outage = new Outage("The retention", setup.Logger);
        while (true)
        {
            var pause = setup.Interval;
            try
            {
                await PurgeAsync(token);
                outage.Ended();
            }
            catch (DatabaseException away)
            {
                pause = outage.Failed(away);
            }

            await Task.Delay(pause, setup.Time, token);
        }
    }

    /// <summary>Purges every row that is old enough.</summary>
    /// <returns>The number of rows.</returns>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    /// <exception cref="DatabaseException">A statement failed; the batches before it are purged.</exception>
    public async Task<long> PurgeAsync(CancellationToken token)
    {
        var count = 0L;
        var ages = setup.Kinds.All.Index().SelectMany(each => Ages(each.Item, numbers[each.Index])).ToList();
        if (ages.Count == 0) return count;
        var ready = await ReadyAsync(token);
        foreach (var (kind, state, age, counts) in ages.Where(each => ready.Contains(each.Kind)))
        {
            var purged = await PurgeAsync(kind, state, setup.Time.GetUtcNow() - age, counts, token);
            if (purged > 0) LogPurged(setup.Logger, kind.Name, state, purged, age);
            count += purged;
        }

        return count;
    }

    private IEnumerable<(Kind Kind, PurgedState State, TimeSpan Age, PurgeNumbers Counts)> Ages(
        Kind kind, PurgeNumbers counts)
    {
        if (setup.Settings.DeletedOf(kind) is { } deleted) yield return (kind, PurgedState.Deleted, deleted, counts);
        if (setup.Settings.EvictedOf(kind) is { } evicted) yield return (kind, PurgedState.Evicted, evicted, counts);
    }

    // Tables that nothing can be written to have not the columns that are read here.
    private async Task<HashSet<Kind>> ReadyAsync(CancellationToken token)
    {
        var check = await setup.Pool.UseAsync(
            session => SchemaCheck.ReadAsync(session, setup.Kinds, token), token);
        return check.Missing.Count > 0
            ? [] : [.. check.Kinds.Where(schema => schema.IsWritable).Select(schema => schema.Kind)];
    }

    private async Task<long> PurgeAsync(
        Kind kind, PurgedState state, DateTimeOffset before, PurgeNumbers counts, CancellationToken token)
    {
        var (batch, limit) = (new PurgeBatch(kind, state), before.UtcDateTime);
        var (count, place) = (0L, PurgePlace.Start);
        while (true)
        {
            var rows = await _database.QueryAsync(
                batch.Next(place, limit, setup.BatchRows),
                row => new PurgePlace(row.Time(0).UtcDateTime, row.Text(1)),
                token);
            if (rows is not [.., var last]) return count;
            var purged = await PurgeAsync(batch, [.. rows.Select(row => row.Uid)], limit, token);
            counts.Add(state, purged);
            count += purged;
            if (rows.Count < setup.BatchRows) return count;
            place = last;
            await Task.Delay(setup.Pause, setup.Time, token);
        }
    }

    private Task<int> PurgeAsync(
        PurgeBatch batch, IReadOnlyList<string> uids, DateTime before, CancellationToken token) =>
        _database.ChangeAsync(
            term,
            async (session, current) =>
            {
                var locked = await session.QueryAsync(batch.Lock(uids, before), row => row.Text(0), current);
                if (locked.Count == 0) return 0;
                foreach (var statement in batch.Remove(locked))
                    await session.ExecuteAsync(statement, current);
                return locked.Count;
            },
            token);

    [LoggerMessage(860, LogLevel.Information, "{Kind}: {State} rows older than {Age} were purged: {Count}")]
    private static partial void LogPurged(ILogger logger, string kind, PurgedState state, long count, TimeSpan age);
}
