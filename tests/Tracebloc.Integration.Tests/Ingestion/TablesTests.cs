using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Tables and the journal of runs on both servers, by the rights of a run.</summary>
[Collection(RealDatabases.Collection)]
public sealed class TablesTests(RealDatabases databases)
{
    private static readonly SqlBase[] Plain =
        [.. Enum.GetValues<SqlBase>().Except([SqlBase.Decimal, SqlBase.Char, SqlBase.VarChar])];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_created_table_has_every_type_and_fits_the_data_set_that_made_it(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var shape = new TableShape(
            [
                .. Plain.Select(type => new Column($"{type} column", new SqlType(type))),
                new("d", new(SqlBase.Decimal, 12, 4)),
                new("c", new(SqlBase.Char, 3)),
                new("v`\"'", new(SqlBase.VarChar, 80)),
            ],
            HasMask: true);
        var owner = await scene.TakeAsync("run-1", Token);
        var table = new DatasetTable(scene.Session, owner);

        await table.CreateAsync(shape, "run-1", Token);
        await table.AddUniqueAsync(Token);
        await table.AddUniqueAsync(Token);

        var facts = await TableFacts.ReadAsync(scene.Session, TableScene.Table, Token);
        Assert.NotNull(facts);
        Assert.Null(TablePlan.Difference(TableScene.Table, shape, facts));
        Assert.Equal(
            "run-1", (await new JournalReader(scene.Session).TableAsync(TableScene.Table, Token))?.CreatedBy);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_of_another_program_differs_by_name_and_is_never_dropped(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        await scene.RunAsync("CREATE TABLE houses (id INT PRIMARY KEY, rooms VARCHAR(20)) ENGINE=InnoDB", Token);
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("run-1", Token));

        var exists = await Assert.ThrowsAsync<DatabaseException>(
            () => table.CreateAsync(TableScene.Shape, "run-1", Token));

        Assert.Equal(1050, exists.Number);
        Assert.Null((await new JournalReader(scene.Session).TableAsync(TableScene.Table, Token))?.CreatedBy);
        var facts = await TableFacts.ReadAsync(scene.Session, TableScene.Table, Token);
        Assert.NotNull(facts);
        var differences = TablePlan.Compare(TableScene.Shape, facts).ToList();
        Assert.Contains(differences, one => one.StartsWith("id is int", StringComparison.Ordinal));
        Assert.Contains("rooms is varchar(20), the data set needs int", differences);
        Assert.Contains("data_id is missing", differences);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Before_the_first_run_the_journal_is_empty_and_reading_creates_nothing(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);
        var server = await RealDatabase.OpenAsync(options, Token);
        await using var session = await server.OpenAsync(SessionUse.Control, Token);
        var reader = new JournalReader(session);

        Assert.Null(await reader.FindAsync("run-1", Token));
        Assert.Empty(await reader.OfTableAsync(TableScene.Table, Token));
        Assert.Null(await reader.TableAsync(TableScene.Table, Token));
        Assert.Null(await TableFacts.ReadAsync(session, TableScene.Table, Token));
        Assert.Empty(await databases[kind].RunAsync($"SHOW TABLES IN {options.Database}", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_is_written_step_by_step(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var journal = new RunJournal(scene.Session, await scene.TakeAsync("run-1", Token), "run-1");
        var reader = new JournalReader(scene.Session);
        var run = TableScene.Run("run-1", firstId: 11) with { Folder = "/data/shared/houses" };

        await journal.BeginAsync(run, Token);
        var begun = await reader.FindAsync("run-1", Token);
        await journal.LoadedAsync(20, 10, ["one \"remark\""], Token);
        await journal.FilesAsync(RunPhase.Placed, Token);
        await journal.BatchesAsync(2, Token);
        await journal.OpenBatchAsync(2, Token);
        await journal.CallsAsync(1, Token);
        var open = await reader.FindAsync("run-1", Token);
        await journal.RegisteredAsync("{}", "[1.5]", Token);

        Assert.NotNull(begun);
        Assert.Equal(run with { StartedAt = begun.StartedAt }, begun);
        Assert.Equal(
            begun with
            {
                Phase = RunPhase.Placed,
                LastId = 20,
                Rows = 10,
                Summary = "[\"one \\u0022remark\\u0022\"]",
                Batches = 2,
                OpenBatch = 2,
                Calls = 1,
            },
            open);
        Assert.Equal(3, open?.MayHaveArrived);
        Assert.Equal(RunPhase.Registered, Assert.Single(await reader.OfTableAsync(TableScene.Table, Token)).Phase);
        var table = await reader.TableAsync(TableScene.Table, Token);
        Assert.Equal((32, "[1.5]"), (table?.Salt.Length, table?.Boundaries));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_that_begins_anew_remembers_the_batches_that_may_have_arrived(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var reader = new JournalReader(scene.Session);
        var journal = new RunJournal(scene.Session, await scene.TakeAsync("run-1", Token), "run-1");
        await journal.BeginAsync(TableScene.Run("run-1"), Token);
        await journal.BatchesAsync(4, Token);
        await journal.OpenBatchAsync(4, Token);
        await journal.FailedAsync("no", Token);

        await journal.BeginAsync(TableScene.Run("run-1"), Token);
        await journal.BatchesAsync(1, Token);
        await journal.BeginAsync(TableScene.Run("run-1"), Token);

        var run = await reader.FindAsync("run-1", Token);
        Assert.Equal((RunPhase.Loading, 0, 5, null), (run?.Phase, run?.Batches, run?.MayHaveArrived, run?.Error));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_whose_table_was_taken_over_changes_nothing(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var first = await scene.TakeAsync("run-1", Token);
        var journal = new RunJournal(scene.Session, first, "run-1");
        await journal.BeginAsync(TableScene.Run("run-1"), Token);
        await new DatasetTable(scene.Session, first).CreateAsync(TableScene.Shape, "run-1", Token);
        await scene.AddRowsAsync(TableScene.Run("run-1"), 3, Token);

        var second = await scene.TakeAsync("run-2", Token);

        Assert.Equal(first.Salt, second.Salt);
        await Assert.ThrowsAsync<FenceException>(() => journal.LoadedAsync(3, 3, [], Token));
        await Assert.ThrowsAsync<FenceException>(
            () => new DatasetTable(scene.Session, first).UndoAsync(TableScene.Run("run-1"), isDropped: true, Token));
        await Assert.ThrowsAsync<FenceException>(
            () => new DatasetTable(scene.Session, first).UndoAsync(TableScene.Run("run-1"), isDropped: false, Token));
        Assert.Equal(["3"], await scene.RunAsync("SELECT COUNT(*) FROM houses", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Undoing_a_run_removes_its_rows_and_those_only(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var (kept, dead) = (TableScene.Run("kept"), TableScene.Run("dead", firstId: 6));
        var owner = await scene.TakeAsync("dead", Token);
        var table = new DatasetTable(scene.Session, owner);
        await table.CreateAsync(TableScene.Shape, "kept", Token);
        var index = await table.AddUniqueAsync(Token);
        await scene.AddRowsAsync(kept, 5, Token);
        Assert.Equal(6, await table.NextIdAsync(Token));
        await scene.AddRowsAsync(dead, 45_000, Token);
        Assert.Equal(45_000, await table.CountAsync(dead, 45_005, index, Token));

        var journal = new RunJournal(scene.Session, owner, "dead");
        await journal.BeginAsync(dead, Token);
        await journal.LoadedAsync(45_005, 45_000, [], Token);

        await table.UndoAsync(dead, isDropped: false, Token);
        await table.UndoAsync(dead, isDropped: false, Token);

        Assert.Equal(RunPhase.Loading, (await new JournalReader(scene.Session).FindAsync("dead", Token))?.Phase);
        Assert.Equal(["5"], await scene.RunAsync("SELECT COUNT(*) FROM houses", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_are_counted_by_an_index_of_any_name_and_without_one_that_is_hidden(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var run = TableScene.Run("own");
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("own", Token));
        await table.CreateAsync(TableScene.Shape, "own", Token);
        await scene.RunAsync("ALTER TABLE houses ADD UNIQUE INDEX `by ``id` (data_id)", Token);
        var index = await table.AddUniqueAsync(Token);
        await scene.AddRowsAsync(run, 7, Token);

        Assert.Equal("by `id", index);
        Assert.Equal(7, await table.CountAsync(run, 7, index, Token));
        var hidden = kind == ServerKind.MySql ? "INVISIBLE" : "IGNORED";
        await scene.RunAsync($"ALTER TABLE houses ALTER INDEX `by ``id` {hidden}", Token);
        Assert.Equal(7, await table.CountAsync(run, 7, index, Token));
        Assert.Equal(2, await table.CountAsync(run with { FirstId = 6 }, 7, index, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Undoing_the_run_that_created_the_table_drops_it(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("dead", Token));
        await table.CreateAsync(TableScene.Shape, "dead", Token);

        await table.UndoAsync(TableScene.Run("dead"), isDropped: true, Token);
        await table.UndoAsync(TableScene.Run("dead"), isDropped: true, Token);

        Assert.Null(await TableFacts.ReadAsync(scene.Session, TableScene.Table, Token));
        Assert.Null((await new JournalReader(scene.Session).TableAsync(TableScene.Table, Token))?.CreatedBy);
        await table.UndoAsync(TableScene.Run("dead"), isDropped: false, Token);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_id_that_occurs_twice_is_named(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("run-1", Token));
        await table.CreateAsync(TableScene.Shape, "run-1", Token);
        await scene.RunAsync("INSERT INTO houses (data_id) VALUES ('P1'), ('P2'), ('P1')", Token);

        var twice = await Assert.ThrowsAsync<Tracebloc.Ingestor.IngestorException>(() => table.AddUniqueAsync(Token));

        Assert.Contains("an id occurs twice: Duplicate entry 'P1'", twice.Message);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Batches_hold_every_row_of_a_run_once_in_the_order_of_their_ids(ServerKind kind)
    {
        await using var scene = await TableScene.StartAsync(databases[kind], Token);
        var (run, other) = (TableScene.Run("run-1"), TableScene.Run("other", firstId: 100));
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("run-1", Token));
        await table.CreateAsync(TableScene.Shape, "run-1", Token);
        await table.AddUniqueAsync(Token);
        await scene.AddRowsAsync(run, 10, Token);
        await scene.AddRowsAsync(other, 10, Token);

        // By its order a control character is less than a blank, and so than no text at all.
        await scene.RunAsync("UPDATE houses SET data_id = CHAR(1 USING utf8mb4) WHERE id = 1", Token);

        var (ids, after) = (new List<string>(), (string?)null);
        for (var batch = 0; ; batch++)
        {
            var rows = await table.BatchAsync(run, batch, 4, after, Token);
            Assert.Equal(rows, await table.BatchAsync(run, batch, 4, null, Token));
            if (rows is []) break;
            ids.AddRange(rows.Select(row => row.DataId));
            after = rows[^1].DataId;
        }

        Assert.Equal(["\u0001", .. Enumerable.Range(1, 9).Select(row => $"run-1-{row:d6}")], ids);
    }
}
