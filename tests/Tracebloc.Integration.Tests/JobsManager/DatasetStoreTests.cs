using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.JobsManager.Datasets;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The database of data sets and the table of deletions on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class DatasetStoreTests(RealDatabases databases)
{
    private const string Summary = """{"category":"image_classification","files":5,"remarks":["it''s"]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_data_set_is_read_by_an_account_that_may_only_read(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        await AddAsync(scene);
        var store = await StoreAsync(kind, scene, isGranted: true);

        var dataset = Assert.Single(await store.ListAsync(null, Token));

        Assert.Equal(TableScene.Table, dataset.Table);
        Assert.InRange(dataset.Bytes ?? 0, 16_384, 1 << 20);
        Assert.Equal(
            ("run-1", "train", true, 6L, "image_classification", 5L),
            dataset.Runs is [var run]
                ? (run.Key, run.Intent, run.IsRegistered, run.Rows ?? 0, run.Category, run.Files) : default);
        Assert.Equal(dataset.Bytes, Assert.Single(await store.ListAsync(TableScene.Table, Token)).Bytes);
        Assert.Empty(await store.ListAsync("none", Token));
        Assert.Equal(6, await store.CountAsync(TableScene.Table, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Labels_differ_by_every_letter_and_the_columns_are_in_their_order(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        await AddAsync(scene);
        var store = await StoreAsync(kind, scene, isGranted: true);

        Assert.Equal(
            [new("Cat", 3), new("cat", 2), new(null, 1)], (await store.LabelsAsync(TableScene.Table, Token)).Counts);
        var columns = await store.ColumnsAsync(TableScene.Table, Token);
        Assert.Equal(("id", "label"), (columns[0].Name, columns[4].Name));
        Assert.Equal("a`b|c", columns[^2].Name);
        Assert.StartsWith("varchar(80)", columns[^2].Type);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task More_than_a_thousand_labels_are_cut(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        await AddAsync(scene);
        await scene.AddRowsAsync(TableScene.Run("run-2", 100), 1200, Token);
        var store = await StoreAsync(kind, scene, isGranted: true);

        var labels = await store.LabelsAsync(TableScene.Table, Token);

        Assert.Equal((1000, true, 3), (labels.Counts.Count, labels.HasMore, labels.Counts[0].Count));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_missing_grant_is_another_failure_than_a_missing_journal(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        await AddAsync(scene);
        var store = await StoreAsync(kind, scene, isGranted: false);

        var denied = await Assert.ThrowsAsync<UnreadableException>(() => store.ListAsync(null, Token));

        Assert.Contains($"grant it SELECT on {scene.Server.Options.Database}.*", denied.Message);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Before_the_first_run_there_is_nothing_to_read(ServerKind kind)
    {
        var server = await RealDatabase.OpenAsync(await databases[kind].NewAsync(Token), Token);
        var (own, none) = (Store(server, server.Options.Database), Store(server, $"{server.Options.Database}_none"));
        await databases[kind].RunAsync(
            $"GRANT SELECT ON {server.Options.Database}_none.* TO {server.Options.User}@'%'", Token);

        Assert.Empty(await own.ListAsync(null, Token));
        Assert.Empty(await none.ListAsync(null, Token));
        Assert.Empty(await own.ColumnsAsync("houses", Token));
        Assert.Equal(0, await own.CountAsync("houses", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_deletion_that_is_done_marks_the_runs_before_it(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token, isCreated: false);
        var store = new RunStore(await RealDatabase.OpenAsync(options, Token));
        await store.MigrateAsync(Token);
        var run = StoredRuns.New("run-7");
        var deletion = Deletion(1);
        await store.TryAddAsync(run, Token);
        await store.TryAddAsync(StoredRuns.New("run-8") with { AcceptedAt = StoredRuns.Time.AddSeconds(2) }, Token);
        await store.Deletions.AddAsync(deletion, Token);

        Assert.Equal(deletion, await store.Deletions.LastAsync(run.Request.Table, Token));
        Assert.Equal([deletion], await store.Deletions.ListAsync(Token));
        Assert.All(await store.ListAsync(null, 9, Token), each => Assert.Null(each.DeletedAt));
        await store.Deletions.EndAsync(deletion, null, StoredRuns.Time.AddMinutes(1), Token);
        await store.Deletions.EndAsync(deletion, "late", StoredRuns.Time.AddMinutes(2), Token);

        Assert.Empty(await store.Deletions.ListAsync(Token));
        Assert.Equal(StoredRuns.Time.AddMinutes(1), (await store.FindAsync(run.Key, Token))?.DeletedAt);
        Assert.Null((await store.FindAsync(StoredRuns.Key("run-8"), Token))?.DeletedAt);
        await store.Deletions.PurgeAsync(StoredRuns.Time.AddMinutes(1), Token);
        Assert.NotNull(await store.Deletions.LastAsync(run.Request.Table, Token));
        await store.Deletions.PurgeAsync(StoredRuns.Time.AddMinutes(2), Token);
        Assert.NotNull(await store.Deletions.LastAsync(run.Request.Table, Token));
        await store.TryWithdrawAsync(run, Token);
        await store.Deletions.PurgeAsync(StoredRuns.Time.AddMinutes(2), Token);
        Assert.Null(await store.Deletions.LastAsync(run.Request.Table, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_has_its_deletion_under_way_before_its_last_one(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token, isCreated: false);
        var store = new RunStore(await RealDatabase.OpenAsync(options, Token));
        await store.MigrateAsync(Token);
        var (first, second, third) = (Deletion(1), Deletion(2), Deletion(3));
        foreach (var each in (DatasetDeletion[])[first, second, third]) await store.Deletions.AddAsync(each, Token);
        await store.Deletions.EndAsync(third, null, StoredRuns.Time, Token);

        Assert.Equal(first, await store.Deletions.WantedAsync("houses", Token));
        Assert.Equal(second, await store.Deletions.LastAsync("houses", Token));
        await store.Deletions.TroubleAsync(first, "no node", Token);
        Assert.Equal([first with { Error = "no node" }, second], await store.Deletions.ListAsync(Token));
        await store.Deletions.EndAsync(first, "first", StoredRuns.Time, Token);
        await store.Deletions.TroubleAsync(first, "late", Token);
        await store.Deletions.EndAsync(second, "second", StoredRuns.Time, Token);

        // The last one is done.
        Assert.Empty(await store.Deletions.ListAsync(Token));
        Assert.Null(await store.Deletions.WantedAsync("houses", Token));
        Assert.Equal(DeletionState.Done, (await store.Deletions.LastAsync("houses", Token))?.State);
        await store.Deletions.AddAsync(Deletion(4), Token);
        await store.Deletions.EndAsync(Deletion(4), "fourth", StoredRuns.Time, Token);
        Assert.Equal("fourth", Assert.Single(await store.Deletions.ListAsync(Token)).Error);
    }

    private static DatasetDeletion Deletion(int second) => new()
    {
        Id = DatasetDeletion.IdOf("houses", StoredRuns.Time.AddSeconds(second)),
        Table = "houses",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ingestor",
        RequestedAt = StoredRuns.Time.AddSeconds(second),
    };

    private static DatasetStore Store(DatabaseServer server, string database) =>
        new(() => server, new Tracebloc.JobsManager.Deadlines(), database);

    private static async Task AddAsync(TableScene scene)
    {
        var ownership = await scene.TakeAsync("run-1", Token);
        await new DatasetTable(scene.Session, ownership).CreateAsync(TableScene.Shape, "run-1", Token);
        await new RunJournal(scene.Session, ownership, "run-1").BeginAsync(TableScene.Run("run-1"), Token);
        await scene.RunAsync(
            $"INSERT INTO {TableScene.Table} (data_id, label) VALUES ('a', 'Cat'), ('b', 'cat'), ('c', 'Cat'), "
            + "('d', NULL), ('e', 'cat'), ('f', 'Cat'); "
            + $"UPDATE {JournalSchema.Runs} SET phase = 'registered', row_count = 6, summary = '{Summary}'",
            Token);
    }

    /// <summary>The store of jobs-manager: its account has rights on its own database, and by the grant here.</summary>
    private async Task<DatasetStore> StoreAsync(ServerKind kind, TableScene scene, bool isGranted)
    {
        var own = await databases[kind].NewAsync(Token);
        var datasets = scene.Server.Options.Database;
        if (isGranted) await databases[kind].RunAsync($"GRANT SELECT ON {datasets}.* TO {own.User}@'%'", Token);
        return Store(await RealDatabase.OpenAsync(own, Token), datasets);
    }
}
