using System.Text;
using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A table <c>t</c> in a new database, and a loader for its columns id and a.</summary>
internal sealed class LoadingScene
{
    private static readonly LoadTarget Target = new("t", ["id", "a"], [new("intent", "train")]);
    private static readonly Fence Fence = new(
        "Table t", new SqlStatement("SELECT owner = 1 FROM owners LOCK IN SHARE MODE"));

    private readonly RealDatabase _database;
    private readonly LoadMethod _method;

    private LoadingScene(RealDatabase database, DatabaseServer server, LoadMethod method) =>
        (_database, Server, _method) = (database, server, method);

    public DatabaseServer Server { get; }

    public RecordingLogger Log { get; } = new();

    /// <param name="database">The server.</param>
    /// <param name="method">The method.</param>
    /// <param name="columns">The declaration of column a, and of others that the loader leaves out.</param>
    /// <param name="token">Ends the preparation.</param>
    public static async Task<LoadingScene> StartAsync(
        RealDatabase database, LoadMethod method, string columns, CancellationToken token)
    {
        await database.AllowLocalInfileAsync(method == LoadMethod.LocalInfile, token);
        var options = await database.NewAsync(token);
        var scene = new LoadingScene(database, await RealDatabase.OpenAsync(options, token), method);
        await scene.RunAsync(
            $"CREATE TABLE t (id BIGINT PRIMARY KEY, {columns}, intent VARCHAR(10)) ENGINE=InnoDB; "
            + "CREATE TABLE owners (owner INT) ENGINE=InnoDB; INSERT INTO owners VALUES (1)",
            token);
        return scene;
    }

    /// <summary>Rows 1, 2 and so on, of the lines 2, 3 and so on.</summary>
    public static EncodedChunk Chunk(params IReadOnlyList<string?> values)
    {
        var builder = new ChunkBuilder();
        foreach (var (index, value) in values.Index())
        {
            builder.Add(index + 1);
            if (value is null) builder.AddNull();
            else builder.Add(Encoding.UTF8.GetBytes(value));
            builder.EndRow(index + 2);
        }

        return builder.Take();
    }

    /// <param name="chunk">The rows.</param>
    /// <param name="token">Ends the load.</param>
    /// <param name="server">The server by another way; null: directly.</param>
    public async Task<ChunkVerdict> LoadAsync(
        EncodedChunk chunk, CancellationToken token, DatabaseServer? server = null)
    {
        await using var loader = await ChunkLoader.OpenAsync(
            server ?? Server, _method, Target, new DatabaseRetry(TimeProvider.System, () => 0.5, Log), token);
        return await loader.LoadAsync(chunk, Fence, token);
    }

    /// <summary>The rows as the server's own client reads them.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(string columns, CancellationToken token) =>
        RunAsync($"SELECT {columns} FROM t ORDER BY 1", token);

    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) =>
        _database.RunAsync($"USE {Server.Options.Database}; {sql}", token);

    /// <summary>Until a transaction of the server waits for a lock.</summary>
    public async Task WaitForLockWaitAsync(CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async stop =>
            {
                while (await _database.RunAsync(
                    "SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", stop) is [])
                    stop.ThrowIfCancellationRequested();
                return true;
            },
            () => "no transaction waits for a lock");
    }
}
