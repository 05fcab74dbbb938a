using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The tables of one kind in a new database of a real server.</summary>
internal sealed class StoreScene : IAsyncDisposable
{
    private readonly RealDatabase _real;
    private readonly SessionPool _pool;

    private StoreScene(RealDatabase real, SessionPool pool, Kind kind)
    {
        (_real, _pool, Kind) = (real, pool, kind);
        var columns = KindTables.MainOf(kind).Columns.Select(column => column.Name).ToHashSet();
        Stored = new StoredKind(kind, columns);
        Database = new StoreDatabase(
            pool, new DatabaseRetry(TimeProvider.System, Random.Shared.NextDouble, Log), new ManualTimeProvider(Now));
        Finder = new RowFinder(Database, Stored);
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 30, 12, 0, 0, 123, 456, TimeSpan.Zero);

    public Kind Kind { get; }

    public StoredKind Stored { get; }

    public StoreDatabase Database { get; }

    public RowFinder Finder { get; }

    public DatabaseServer Server => _pool.Server;

    public RecordingLogger Log { get; } = new();

    public static async Task<StoreScene> StartAsync(
        RealDatabase database, CancellationToken token, Kind? kind = null)
    {
        var options = await database.NewAsync(token);
        var server = await RealDatabase.OpenAsync(options, token);
        var scene = new StoreScene(
            database, new SessionPool(server, SessionUse.Sharing, new SessionPoolOptions()),
            kind ?? SomeObject.Gadget);
        foreach (var table in KindTables.Of(scene.Kind).Concat(OwnTables.All))
            await scene.RunAsync(table.CreateSql, token);
        return scene;
    }

    /// <summary>The writers of a new term.</summary>
    public async Task<StoreLeader> LeadAsync(string holder, CancellationToken token, StoredKind? stored = null)
    {
        var term = await new Leadership(Database).TakeAsync(holder, token);
        var errors = await SyncErrors.LoadAsync(Database, term, Kind, token);
        return new StoreLeader(
            term, errors, new RowWriter(Database, stored ?? Stored, term, errors),
            new RowDeleter(Database, stored ?? Stored, term, errors));
    }

    /// <summary>Runs statements by the server's own client, as root.</summary>
    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) =>
        _real.RunAsync($"USE {Server.Options.Database}; {sql}", token);

    /// <summary>Waits until a statement of this database runs on the server, or waits there.</summary>
    public async Task SeeAsync(string start, CancellationToken token)
    {
        var query = "SELECT COUNT(*) FROM information_schema.processlist "
            + $"WHERE db = '{Server.Options.Database}' AND info LIKE '{start}%'";
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async current =>
            {
                while (await RunAsync(query, current) is ["0"]) current.ThrowIfCancellationRequested();
                return true;
            },
            () => $"no statement begins with {start}");
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
