using System.Diagnostics;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>
/// The rows of objects in memory, inserted into the three tables of their kind by statements of 1 MiB, a thousand
/// objects in a transaction, in the order of their keys, on as many connections as are fastest.
/// </summary>
internal sealed class PlainInserts
{
    private const int ObjectsAtOnce = 1_000;

    private readonly IReadOnlyList<IReadOnlyList<SqlStatement>> _transactions;

    private PlainInserts(IReadOnlyList<IReadOnlyList<SqlStatement>> transactions) => _transactions = transactions;

    /// <summary>Prepares the statements; not measured.</summary>
    public static PlainInserts Of(Kind kind, IEnumerable<SyncedObject> objects) =>
        new([.. objects.Chunk(ObjectsAtOnce).Select(some => StatementsOf(kind, some))]);

    public async Task<Measurement> RunAsync(DatabaseOptions options, int connections, CancellationToken token)
    {
        var server = await DatabaseServer.WaitAsync(
            options, TimeSpan.FromSeconds(30), TimeProvider.System, logger: null, token);
        var since = Stopwatch.GetTimestamp();
        var queue = new Queue<IReadOnlyList<SqlStatement>>(_transactions);
        await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => WorkAsync(server, queue, token), token)));
        return new Measurement(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 0, 0);
    }

    private static async Task WorkAsync(
        DatabaseServer server, Queue<IReadOnlyList<SqlStatement>> queue, CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Sharing, token);
        while (Next(queue) is { } statements)
            await session.InTransactionAsync(
                async current =>
                {
                    foreach (var statement in statements) await session.ExecuteAsync(statement, current);
                },
                token);
    }

    private static IReadOnlyList<SqlStatement>? Next(Queue<IReadOnlyList<SqlStatement>> queue)
    {
        lock (queue) return queue.TryDequeue(out var next) ? next : null;
    }

    private static IReadOnlyList<SqlStatement> StatementsOf(Kind kind, IEnumerable<SyncedObject> objects)
    {
        var (budget, now) = (new StatementBudget(64 << 20), TimeProvider.System.GetUtcNow());
        var stored = new StoredKind(kind, KindTables.MainOf(kind).Columns.Select(column => column.Name).ToHashSet());
        var some = objects.OrderBy(each => each.Uid, StringComparer.Ordinal).ToList();
        return
        [
            .. stored.Insert.Statements(
                some.Select(each => stored.Values(new PlannedRow(new RowWrite(each), null, null), now)), budget),
            .. Entries(kind.LabelsTable, some, each => each.Labels, budget),
            .. Entries(kind.AnnotationsTable, some, each => each.Annotations, budget),
        ];
    }

    private static IEnumerable<SqlStatement> Entries(
        string table, IEnumerable<SyncedObject> objects,
        Func<SyncedObject, IReadOnlyDictionary<string, string>> entries, StatementBudget budget) =>
        new MultiRowInsert(table, [("obj_uid", "?"), ("key", "?"), ("value", "?")]).Statements(
            objects.SelectMany(each => entries(each).Select(one => new object?[] { each.Uid, one.Key, one.Value })),
            budget);
}
