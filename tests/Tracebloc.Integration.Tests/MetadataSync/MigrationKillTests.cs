using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Migrations that end in the middle, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class MigrationKillTests(RealDatabases databases)
{
    private const int Rows = 10_000;

    private const string Json =
        """{"spec": {"tier": 3}, "status": {"endTime": "2026-01-05T06:07:08.5Z"}}""";

    private static readonly KindSet OnlyProject = KindSet.Of([KindTable.All[0]]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Killed_after_any_call_a_second_migration_ends_the_work(ServerKind kind)
    {
        var whole = await FormerAsync(kind);
        var calls = await whole.MigrateAsync(OnlyProject, _ => false, Token);
        var described = await whole.DescribeAsync(Token);
        var rows = await RowsAsync(whole);
        var kills = 0;

        for (var at = 0; at < calls.Count; at++)
        {
            if (calls[at].Target.StartsWith('S')) continue; // SELECT, SET, START
            var scene = await FormerAsync(kind);
            var seen = 0;
            var made = await scene.MigrateAsync(OnlyProject, _ => seen++ == at, Token);
            Assert.Equal(at + 1, made.Count);
            kills++;

            await scene.MigrateAsync(OnlyProject, Token);

            Assert.Equal(described, await scene.DescribeAsync(Token));
            Assert.Equal(rows, await RowsAsync(scene));
            Assert.Equal(0, await scene.MigrateAsync(OnlyProject, Token));
        }

        TestContext.Current.SendDiagnosticMessage($"{kind}: {kills} kills at {calls.Count} calls");
        Assert.True(kills > 25, $"{kills} kills");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task New_columns_are_filled_from_the_stored_JSON_and_go_on_where_a_kill_stopped_them(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.MigrateAsync(OnlyProject, Token);
        await AddRowsAsync(scene);
        var kinds = KindSet.Of([AddedColumns.Wider]);
        var notes = 0;

        await scene.MigrateAsync(kinds, call => IsNote(call) && ++notes == 8, Token);

        // The eighth batch was not committed.
        Assert.Equal(["project_003499\tNULL"], await scene.RunAsync(
            "SELECT DISTINCT after_uid, ended_at FROM sync_fillings", Token));
        Assert.Equal(
            ["ended_at", "is_open", "title"],
            (await scene.CheckAsync(kinds, Token)).Remarks.Select(remark => remark.Split(' ')[3]));
        await scene.MigrateAsync(kinds, Token);
        Assert.Contains(
            scene.Log.Lines,
            line => line.EndsWith($"fill title, ended_at, is_open: {Rows - 3500} rows read", StringComparison.Ordinal));
        Assert.Empty((await scene.CheckAsync(kinds, Token)).Differences);
        Assert.Equal(
            ["project_000000\tNULL\tNULL\tNULL", "project_000001\ttitle 😀1\t2026-01-05 04:07:08.000001\t1"],
            await scene.RunAsync("SELECT uid, title, ended_at, is_open FROM project ORDER BY uid LIMIT 2", Token));
        Assert.Equal([$"{Rows - 1}\t{Rows - 1}\t{Rows - 1}"], await scene.RunAsync(
            "SELECT COUNT(title), COUNT(ended_at), SUM(is_open) FROM project", Token));
        Assert.Equal(0, await scene.MigrateAsync(kinds, Token));

        static bool IsNote(ProxiedCall call) =>
            call.Target.StartsWith($"UPDATE {OwnTables.Fillings} SET after_uid", StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> RowsAsync(MigrationScene scene) => scene.RunAsync(
        "SELECT * FROM project ORDER BY uid; SELECT obj_uid, `key`, `value` FROM project_labels ORDER BY 1, 2; "
        + "SELECT obj_uid, `key`, `value` FROM project_annotations ORDER BY 1, 2; "
        + "SELECT table_name, column_name, ended_at IS NULL FROM sync_fillings ORDER BY 1, 2",
        Token);

    // One row has an empty object for its JSON, and one title is longer than its column.
    private static Task<IReadOnlyList<string>> AddRowsAsync(MigrationScene scene) => scene.RunAsync(
        "INSERT INTO project (uid, group_ver, namespace, name, res_version, create_time, json) "
        + $"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows - 1}) "
        + "SELECT CONCAT('project_', LPAD(i, 6, '0')), 'v', 'ns', 'n', 1, '2026-01-01', CASE i WHEN 0 THEN '{}' ELSE "
        + "CONCAT('{\"spec\": {\"title\": \"title 😀', i, ' and more\", \"isOpen\": true}, \"status\": {\"endedAt\": "
        + "\"2026-01-05T06:07:08.', LPAD(i, 6, '0'), '+02:00\"}}') END FROM n",
        Token);

    private async Task<MigrationScene> FormerAsync(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(
            FormerTables.Complete([KindTable.All[0]])
            + FormerTables.Rows(KindTable.All[0], Json),
            Token);
        return scene;
    }
}
