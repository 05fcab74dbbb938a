using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A database with the journal's tables, and runs that change a table of data sets in it.</summary>
internal sealed class TableScene : IAsyncDisposable
{
    public const string Table = "houses";

    private readonly RealDatabase _database;

    private TableScene(RealDatabase database, DatabaseServer server, DatabaseSession session) =>
        (_database, Server, Session) = (database, server, session);

    public static TableShape Shape { get; } = new(
        [new("rooms", new(SqlBase.Int)), new("a`b|c", new(SqlBase.VarChar, 80)), new("at", new(SqlBase.Timestamp))]);

    public DatabaseServer Server { get; }

    public DatabaseSession Session { get; }

    public static DatabaseRetry Retry => new(TimeProvider.System, () => 0.5);

    public static async Task<TableScene> StartAsync(RealDatabase database, CancellationToken token)
    {
        var options = await database.NewAsync(token, isCreated: false);
        var server = await RealDatabase.OpenAsync(options, token);
        var session = await server.OpenAsync(SessionUse.Control, token);
        await RunJournal.PrepareAsync(session, options.Database, token);
        return new TableScene(database, server, session);
    }

    public static RunRecord Run(string key, long firstId = 1) => new()
    {
        Key = key,
        Table = Table,
        Intent = "train",
        IngestorId = $"{key}-ingestor",
        SpecDigest = new string('a', 64),
        SourceMark = "7-mark",
        FirstId = firstId,
    };

    public Task<TableOwnership> TakeAsync(string key, CancellationToken token) =>
        TableOwnership.TakeAsync(Session, Table, key, Retry, token);

    /// <summary>Rows of a run, as its loader would have left them.</summary>
    public Task<IReadOnlyList<string>> AddRowsAsync(RunRecord run, int count, CancellationToken token) => RunAsync(
        $"INSERT INTO {Table} (id, data_id, ingestor_id, label) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL "
        + $"SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT {run.FirstId} + i, "
        + $"CONCAT('{run.Key}-', LPAD(i, 6, '0')), '{run.IngestorId}', i FROM n",
        token);

    /// <summary>By the server's own client, as root.</summary>
    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) => _database.RunAsync(
        $"SET SESSION {(_database.Kind == ServerKind.MySql ? "cte_max_recursion_depth" : "max_recursive_iterations")}"
        + $" = 100000; USE {Server.Options.Database}; {sql}",
        token);

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}
