using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

public sealed class MigrationsTests
{
    private static readonly Migration First = new(1, "runs", "CREATE TABLE IF NOT EXISTS p_runs (id INT)");
    private static readonly Migration Second = new(2, "tables", "CREATE TABLE IF NOT EXISTS p_tables (id INT)");

    private readonly List<IReadOnlyList<string?>> _applied = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_missing_migrations_are_applied_under_the_lock()
    {
        _applied.Add(["1", "runs", First.Checksum]);
        await using var server = Start();

        await ApplyAsync(server, First, Second);

        Assert.DoesNotContain(First.Sql, server.Statements);
        var order = server.Statements.ToList();
        var step = order.IndexOf(Second.Sql);
        Assert.True(order.FindIndex(text => text.Contains("GET_LOCK", StringComparison.Ordinal)) < step);
        Assert.StartsWith("INSERT INTO `p_migrations` VALUES (2, 'tables'", order[step + 1], StringComparison.Ordinal);
        Assert.Contains("RELEASE_LOCK", order[^1]);
    }

    [Fact]
    public async Task A_column_that_an_earlier_attempt_has_added_is_listed()
    {
        var third = new Migration(1, "column", "ALTER TABLE p_runs ADD COLUMN more INT");
        await using var server = Start();

        await ApplyAsync(server, third);

        var order = server.Statements.ToList();
        Assert.StartsWith(
            "INSERT INTO `p_migrations` VALUES (1, 'column'", order[order.IndexOf(third.Sql) + 1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_has_changed_is_an_error_and_changes_nothing()
    {
        _applied.Add(["1", "runs", new string('0', 64)]);
        await using var server = Start();

        var changed = await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(server, First, Second));

        Assert.Contains("migration 1 (runs) of the tables p_* is not the one of this version", changed.Message);
        Assert.DoesNotContain(Second.Sql, server.Statements);
        Assert.Contains("RELEASE_LOCK", server.Statements.Last());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_an_error()
    {
        _applied.Add(["1", "runs", First.Checksum]);
        _applied.Add(["2", "tables", Second.Checksum]);
        await using var server = Start();

        var newer = await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(server, First));

        Assert.Contains("use the newest version", newer.Message);
    }

    [Fact]
    public async Task A_migration_by_another_program_is_waited_for_and_named()
    {
        await using var server = Start(taken: "0");

        var busy = await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(server, First));

        Assert.Contains("another program changes the tables p_* for more than 30 s", busy.Message);
        Assert.DoesNotContain(First.Sql, server.Statements);
    }

    private static async Task ApplyAsync(FakeMySqlServer server, params Migration[] migrations)
    {
        var database = await DatabaseScene.WaitAsync(server, Token);
        await using var session = await database.OpenAsync(SessionUse.Control, Token);
        await Migrations.ApplyAsync(session, "p", migrations, Token);
    }

    private FakeMySqlServer Start(string taken = "1") => FakeMySqlServer.Start(text =>
        text.StartsWith("SELECT DATABASE()", StringComparison.Ordinal) ? FakeSqlReply.Row("datasets")
        : text.Contains("_LOCK", StringComparison.Ordinal) ? FakeSqlReply.Row(taken)
        : text.StartsWith("SELECT version", StringComparison.Ordinal)
            ? new FakeSqlReply.Rows(["version", "name", "checksum"], _applied)
        : text.StartsWith("CREATE", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal)
            ? new FakeSqlReply.Ok(1)
        : text.StartsWith("ALTER", StringComparison.Ordinal)
            ? new FakeSqlReply.Error(1060, "Duplicate column name 'more'", "42S21")
        : null);
}
