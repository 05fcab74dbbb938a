using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>A database of its own, and migrations of it.</summary>
internal sealed class MigrationScene(RealDatabase database, DatabaseOptions options, DatabaseServer server)
{
    public DatabaseOptions Options => options;

    public RecordingLogger Log { get; } = new();

    public static async Task<MigrationScene> StartAsync(
        RealDatabase database, CancellationToken token, bool isCreated = true)
    {
        var options = await database.NewAsync(token, isCreated);
        return new MigrationScene(database, options, await RealDatabase.OpenAsync(options, token));
    }

    public Task<int> MigrateAsync(KindSet kinds, CancellationToken token) => Of(server, kinds, Log).RunAsync(token);

    public Task<SchemaPlan> PlanAsync(KindSet kinds, CancellationToken token) =>
        Of(server, kinds, Log).PlanAsync(token);

    public async Task<SchemaCheck> CheckAsync(KindSet kinds, CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await SchemaCheck.ReadAsync(session, kinds, token);
    }

    /// <summary>Does what a controller does that has become the leader.</summary>
    public async Task<long> SettleAsync(KindSet kinds, CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await new ColumnFilling(session, new DatabaseRetry(TimeProvider.System, () => 0.5))
            .SettleAsync(kinds, token);
    }

    /// <summary>Migrates over a connection that breaks when one of its calls was answered.</summary>
    /// <returns>The calls that were made.</returns>
    public async Task<IReadOnlyList<ProxiedCall>> MigrateAsync(
        KindSet kinds, Func<ProxiedCall, bool> isKill, CancellationToken token)
    {
        var counter = new CallCounter();
        await using var proxy = MySqlProxy.Start(options.Port, counter);
        var behind = await RealDatabase.OpenAsync(options with { Port = proxy.Port, CaFile = null }, token);
        proxy.Forget();
        counter.AfterAsync = call => isKill(call)
            ? throw new IOException("the program is dead") : Task.CompletedTask;
        try
        {
            await Of(behind, kinds, Log).RunAsync(token);
        }
        catch (DatabaseException killed) when (killed.Failure == DatabaseFailure.Connection)
        {
            // The program has no chance to do anything after it.
        }

        return proxy.Calls;
    }

    /// <summary>By the server's own client, as root.</summary>
    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) => database.RunAsync(
        $"SET SESSION {(database.Kind == ServerKind.MySql ? "cte_max_recursion_depth" : "max_recursive_iterations")}"
        + $" = 100000; USE {options.Database}; {sql}",
        token);

    /// <summary>The tables as the server describes them, one statement a table.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(CancellationToken token) => await RunAsync(
        "SELECT table_name, column_name, column_type, is_nullable, collation_name FROM information_schema.columns "
        + "WHERE table_schema = DATABASE() ORDER BY table_name, column_name; "
        + "SELECT table_name, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS c, non_unique FROM "
        + "information_schema.statistics WHERE table_schema = DATABASE() GROUP BY table_name, index_name, non_unique "
        + "ORDER BY table_name, c, non_unique",
        token);

    private static SchemaMigration Of(DatabaseServer server, KindSet kinds, ILogger log) => new(
        server, kinds, new DatabaseRetry(TimeProvider.System, Random.Shared.NextDouble, log), log);
}
