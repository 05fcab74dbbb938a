using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The versions and states of rows, read from real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreFinderTests(RealDatabases databases)
{
    private static readonly string Key = TableShape.NameOf(KindTables.LiveKey);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Live_rows_are_read_page_by_page(ServerKind kind)
    {
        const int count = 10_001;
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var recursion = kind == ServerKind.MySql ? "cte_max_recursion_depth" : "max_recursive_iterations";
        await scene.RunAsync(
            $"SET SESSION {recursion} = 100000; INSERT INTO gadget (uid, group_ver, namespace, name, res_version, "
            + "create_time, delete_time, evicted_time) WITH RECURSIVE n (i) AS "
            + $"(SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {(2 * count) - 1}) SELECT "
            + "CONCAT(LPAD(HEX(i), 8, '0'), '-0000-1111-2222-333344445555'), 'g/v', 'n', i, i, NOW(), "
            + "IF(i % 4 = 1, NOW(), NULL), IF(i % 4 = 3, NOW(), NULL) FROM n",
            Token);

        var live = await scene.Finder.LiveAsync(Token);
        if (await KeysAsync(scene) is ["0"])
            await scene.RunAsync($"ALTER TABLE gadget ADD {KindTables.LiveKey.Sql(Key)}", Token);
        var byKey = await scene.Finder.LiveAsync(Token);

        Assert.Equal(["4"], await KeysAsync(scene));
        Assert.Equal(live.Uids.Order(StringComparer.Ordinal), byKey.Uids.Order(StringComparer.Ordinal));
        Assert.Equal(count, live.Count);
        Assert.True(live.TryGet("00000002-0000-1111-2222-333344445555", out var version));
        Assert.Equal(new StoredVersion(2, RowState.Live), version);
        Assert.Equal((ulong)((2 * count) - 1), await scene.Finder.HighestAsync(Token));
    }

    private static Task<IReadOnlyList<string>> KeysAsync(StoreScene scene) => scene.RunAsync(
        "SELECT COUNT(*) FROM information_schema.statistics "
        + $"WHERE table_schema = '{scene.Server.Options.Database}' AND index_name = '{Key}'",
        Token);

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_in_any_state_are_found_by_uid(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        Assert.Equal(0UL, await scene.Finder.HighestAsync(Token));
        SomeObject live = new() { Uid = "live", Version = ulong.MaxValue }, evicted = new() { Uid = "evicted" };
        await leader.WriteAsync(Token, live, new SomeObject { Uid = "deleted" });
        await leader.EvictAsync(evicted, Token);
        Assert.Equal(0, await leader.DeleteAsync(Token, new RowDeletion("deleted", 99) { KeepsNewer = true }));
        Assert.Equal(1, await leader.DeleteAsync(Token, new("deleted", 7), new("evicted", 200), new("unknown")));
        Assert.Equal(0, await leader.DeleteAsync(Token, new RowDeletion("deleted", 300)));

        var found = await scene.Finder.FindAsync(["deleted", "evicted", "live", "unknown"], Token);

        Assert.Equal(3, found.Count);
        Assert.Equal(new StoredVersion(100, RowState.Deleted), Of("deleted"));
        Assert.Equal(new StoredVersion(100, RowState.Evicted), Of("evicted"));
        Assert.Equal(new StoredVersion(ulong.MaxValue, RowState.Live), Of("live"));
        Assert.Equal(ulong.MaxValue, await scene.Finder.HighestAsync(Token));

        StoredVersion? Of(string uid) => found.TryGet(uid, out var version) ? version : null;
    }
}
