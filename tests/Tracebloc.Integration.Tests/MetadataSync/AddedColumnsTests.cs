using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Columns that are added to tables in use, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class AddedColumnsTests(RealDatabases databases)
{
    private static readonly KindSet Earlier = KindSet.Of([KindTable.All[0]]), Later = KindSet.Of([AddedColumns.Wider]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_that_an_earlier_version_writes_after_the_filling_are_filled_by_a_leader(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.MigrateAsync(Earlier, Token);
        await WriteAsync(scene, "a", "'2020-01-01'", "one");
        await scene.MigrateAsync(Later, Token);
        await WriteAsync(scene, "b", "UTC_TIMESTAMP(6)", "two");
        Assert.Equal(["a\tone", "b\tNULL"], await TitlesAsync(scene));

        Assert.Equal(1, await scene.SettleAsync(Later, Token));

        Assert.Equal(["a\tone", "b\ttwo"], await TitlesAsync(scene));
        Assert.Equal(0, await scene.SettleAsync(Later, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_that_takes_no_instant_change_is_changed_in_place(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.MigrateAsync(Earlier, Token);
        await scene.RunAsync("ALTER TABLE project ROW_FORMAT=COMPRESSED", Token);

        await scene.MigrateAsync(Later, Token);

        Assert.Empty((await scene.CheckAsync(Later, Token)).Differences);
        Assert.Contains(
            scene.Log.Lines,
            line => line.Contains("add title, ended_at, is_open takes longer", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_reader_that_holds_a_table_delays_the_change_and_no_other_reader(ServerKind kind)
    {
        var scene = await MigrationScene.StartAsync(databases[kind], Token);
        await scene.MigrateAsync(Earlier, Token);
        await using var reader = await (await RealDatabase.OpenAsync(scene.Options, Token))
            .OpenAsync(SessionUse.Control, Token);
        await reader.ExecuteAsync(new SqlStatement("START TRANSACTION"), Token);
        await reader.QueryAsync(new SqlStatement("SELECT COUNT(*) FROM project"), row => row.Number(0), Token);

        var migration = scene.MigrateAsync(Later, Token);
        while (!scene.Log.Lines.Any(line => line.Contains("repeating the transaction", StringComparison.Ordinal)))
            await scene.RunAsync("SELECT COUNT(*) FROM project", Token);
        await reader.ExecuteAsync(new SqlStatement("COMMIT"), Token);

        Assert.True(await migration > 0);
        Assert.Empty((await scene.CheckAsync(Later, Token)).Differences);
    }

    private static Task<IReadOnlyList<string>> WriteAsync(
        MigrationScene scene, string uid, string time, string title) => scene.RunAsync(
        "INSERT INTO project (uid, group_ver, namespace, name, res_version, create_time, update_time, json) VALUES "
        + $"('{uid}', 'v', 'ns', 'n', 1, '2020-01-01', {time}, '{{\"spec\": {{\"title\": \"{title}\"}}}}')",
        Token);

    private static Task<IReadOnlyList<string>> TitlesAsync(MigrationScene scene) =>
        scene.RunAsync("SELECT uid, title FROM project ORDER BY uid", Token);
}
