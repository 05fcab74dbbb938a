using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Migrations on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class MigrationTests(RealDatabases databases)
{
    private const string Json =
        """{"spec": {"revisionId": "42", "tier": 3, "autoFlip": true}, "status": {"state": "DONE"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_database_that_does_not_exist_gets_all_tables_once(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token, isCreated: false);
        Assert.False((await scene.CheckAsync(KindSet.Platform, Token)).IsComplete);

        var made = await scene.MigrateAsync(KindSet.Platform, Token);

        Assert.Equal(43, made);
        Assert.Empty((await scene.CheckAsync(KindSet.Platform, Token)).Differences);
        Assert.Equal(0, await scene.MigrateAsync(KindSet.Platform, Token));
        Assert.Equal(["43\t1\t43"], await scene.RunAsync(
            "SELECT COUNT(*), MIN(version), MAX(version) FROM sync_migrations WHERE checksum REGEXP '^[0-9a-f]{64}$'",
            Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_39_former_tables_become_those_that_a_new_database_gets_and_keep_their_rows(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(
            FormerTables.Complete(KindTable.All)
            + string.Concat(KindTable.All.Select(one => FormerTables.Rows(one, Json)))
            + "UPDATE model SET owner = 'Ada', revision_id = 'junk'",
            Token);
        var fresh = await MigrationScene.StartAsync(databases[kind], Token);
        await fresh.MigrateAsync(KindSet.Platform, Token);

        await scene.MigrateAsync(KindSet.Platform, Token);

        Assert.Equal(await fresh.DescribeAsync(Token), await scene.DescribeAsync(Token));
        Assert.Empty((await scene.CheckAsync(KindSet.Platform, Token)).Differences);
        Assert.Equal(0, await scene.MigrateAsync(KindSet.Platform, Token));
        foreach (var one in KindTable.All)
            await AssertTakenOverAsync(scene, one);
        Assert.Equal(
            ["uid-deleted\t42\tAda", "uid-evicted\t42\tAda", "uid-live\t42\tAda"],
            await scene.RunAsync("SELECT uid, revision_id, owner FROM model ORDER BY uid", Token));
        Assert.Equal(["3"], await scene.RunAsync("SELECT DISTINCT tier FROM project", Token));
        Assert.Equal(["1"], await scene.RunAsync("SELECT DISTINCT auto_flip FROM triggerrun", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_the_15_former_tables_nine_are_taken_over_and_six_are_left_alone(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        Kind[] taken = [.. KindTable.All.Where(one => one.Table is "model" or "pipeline" or "deployment")];
        await scene.RunAsync(
            FormerTables.Fifteen + string.Concat(taken.Select(one => FormerTables.Rows(one, Json))), Token);
        var before = await OthersAsync(scene);

        await scene.MigrateAsync(KindSet.Platform, Token);

        Assert.Equal(before, await OthersAsync(scene));
        Assert.Empty((await scene.CheckAsync(KindSet.Platform, Token)).Differences);
        Assert.Equal(0, await scene.MigrateAsync(KindSet.Platform, Token));
        foreach (var one in taken)
            await AssertTakenOverAsync(scene, one);
        Assert.Equal(
            ["42\tNULL"], await scene.RunAsync("SELECT DISTINCT revision_id, algorithm FROM model", Token));

        static async Task<IReadOnlyList<string>> OthersAsync(MigrationScene scene) =>
        [
            .. (await scene.DescribeAsync(Token)).Where(line =>
                line.StartsWith("pipeline_run", StringComparison.Ordinal)
                || line.StartsWith("dataset", StringComparison.Ordinal)),
        ];
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Two_migrations_at_once_make_each_change_once(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(FormerTables.Complete(KindTable.All.Take(2)), Token);
        var planned = await scene.PlanAsync(KindSet.Platform, Token);

        var made = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => scene.MigrateAsync(KindSet.Platform, Token)));

        Assert.Equal([0, 0, planned.Changes.Count], made.Order());
        Assert.Contains(
            scene.Log.Lines, line => line.Contains("Another migration of database", StringComparison.Ordinal));
        Assert.Equal([$"{planned.Changes.Count}"], await scene.RunAsync("SELECT COUNT(*) FROM sync_migrations", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_plan_changes_nothing_and_is_what_is_done_afterwards(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(
            FormerTables.Complete(KindTable.All) + FormerTables.Rows(KindTable.All[2], Json), Token);
        var before = await scene.DescribeAsync(Token);

        var plan = await scene.PlanAsync(KindSet.Platform, Token);

        Assert.Empty(plan.Faults);
        Assert.Equal(before, await scene.DescribeAsync(Token));
        await scene.MigrateAsync(KindSet.Platform, Token);
        Assert.Equal(
            plan.Changes.Select((change, place) => $"{place + 1}\t{change.Name}\t{change.Checksum}"),
            await scene.RunAsync("SELECT version, name, checksum FROM sync_migrations ORDER BY version", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_of_another_program_stops_the_migration_before_its_first_change(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.RunAsync("CREATE TABLE cluster (id INT PRIMARY KEY)", Token);

        var refused = await Assert.ThrowsAsync<MetadataSyncException>(
            () => scene.MigrateAsync(KindSet.Platform, Token));

        Assert.Equal(12, refused.ExitCode);
        Assert.Contains("table cluster has no primary key (uid)", refused.Message);
        Assert.Equal(["cluster"], await scene.RunAsync("SHOW TABLES", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_longest_names_and_values_of_Kubernetes_have_room_and_case_counts(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.MigrateAsync(KindSet.Platform, Token);

        await scene.RunAsync(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES'; INSERT INTO model_labels (obj_uid, `key`, `value`) VALUES "
            + "('u', REPEAT('k', 317), REPEAT('v', 63)), ('u', REPEAT('K', 317), 'é'), ('u', 'e', 'e'), "
            + "('u', 'é', 'é'); "
            + "INSERT INTO model_annotations (obj_uid, `key`, `value`) VALUES ('u', 'k', REPEAT('😀', 65536))",
            Token);

        Assert.Equal(["1"], await scene.RunAsync(
            $"SELECT COUNT(*) FROM model_labels WHERE `key` = '{new string('k', 317)}'", Token));
        Assert.Equal(["262144"], await scene.RunAsync("SELECT LENGTH(`value`) FROM model_annotations", Token));
    }

    private static async Task AssertTakenOverAsync(MigrationScene scene, Kind kind)
    {
        Assert.Equal(
            [
                "uid-deleted\t2026-02-01 00:00:00.000000\tNULL",
                "uid-evicted\tNULL\t2026-01-02 03:04:05.000000",
                "uid-live\tNULL\tNULL",
            ],
            await scene.RunAsync($"SELECT uid, delete_time, evicted_time FROM `{kind.Table}` ORDER BY uid", Token));
        Assert.Equal(
            ["Team\tupper", "empty\t", "team\tnew"],
            await scene.RunAsync($"SELECT `key`, `value` FROM `{kind.LabelsTable}` ORDER BY `key`", Token));
    }
}
