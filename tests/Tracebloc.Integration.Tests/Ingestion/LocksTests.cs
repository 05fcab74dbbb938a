using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Locks and migrations on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class LocksTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_lock_has_one_holder_and_is_free_when_it_is_given_back(ServerKind kind)
    {
        var server = await NewServerAsync(kind);
        var name = LockName.Of("tracebloc/", server.Options.Database, "t");

        await using (var first = await NamedLock.TryTakeAsync(server, name, TimeSpan.Zero, Token))
        {
            Assert.NotNull(first);
            Assert.Null(await NamedLock.TryTakeAsync(server, name, TimeSpan.Zero, Token));
        }

        await using var second = await NamedLock.TryTakeAsync(server, name, TimeSpan.FromSeconds(30), Token);
        Assert.NotNull(second);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_lock_ends_with_the_connection_of_its_holder(ServerKind kind)
    {
        var server = await NewServerAsync(kind);
        var name = LockName.Of("tracebloc/", server.Options.Database, "t");
        await using var first = await NamedLock.TryTakeAsync(server, name, TimeSpan.Zero, Token);
        Assert.NotNull(first);

        var holder = Assert.Single(await databases[kind].RunAsync($"SELECT IS_USED_LOCK('{name}')", Token));
        await databases[kind].RunAsync($"KILL {holder}", Token);

        await using var second = await NamedLock.TryTakeAsync(server, name, TimeSpan.FromSeconds(30), Token);
        Assert.NotNull(second);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Two_programs_that_migrate_at_once_apply_each_step_once(ServerKind kind)
    {
        var server = await NewServerAsync(kind);
        Migration[] steps =
        [
            new(1, "one", "CREATE TABLE IF NOT EXISTS p_one (id INT) ENGINE=InnoDB"),
            new(2, "two", "CREATE TABLE IF NOT EXISTS p_two (id INT) ENGINE=InnoDB"),
        ];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApplyAsync(server, steps)));

        Assert.Equal(
            ["1\tone", "2\ttwo"],
            await databases[kind].RunAsync(
                $"SELECT version, name FROM {server.Options.Database}.p_migrations ORDER BY version", Token));
        var changed = await Assert.ThrowsAsync<DatabaseException>(
            () => ApplyAsync(server, steps[0] with { Sql = "SELECT 2" }));
        Assert.Contains("migration 1 (one)", changed.Message);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_session_is_strict_in_UTC_and_verified(ServerKind kind)
    {
        var server = await NewServerAsync(kind);
        await using var session = await server.OpenAsync(SessionUse.Control, Token);

        var settings = await session.FindAsync(
            new SqlStatement("SELECT @@sql_mode, @@time_zone, @@character_set_connection, @@innodb_lock_wait_timeout"),
            row => $"{row.Text(0)} {row.Text(1)} {row.Text(2)} {row.Text(3)}",
            Token);

        Assert.Equal(kind, server.Facts.Kind);
        Assert.Equal(Encryption.Verified, server.Facts.Encryption);
        Assert.Contains("STRICT_ALL_TABLES", settings);
        Assert.EndsWith(" +00:00 utf8mb4 20", settings, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_missing_database_is_seen_and_created_by_the_rights_of_a_run(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token, isCreated: false);
        var server = await RealDatabase.OpenAsync(options, Token);
        await using var session = await server.OpenAsync(SessionUse.Control, Token);
        Assert.False(session.HasDatabase);

        await session.CreateDatabaseAsync(options.Database, Token);

        Assert.True(session.HasDatabase);
        await using var next = await server.OpenAsync(SessionUse.Control, Token);
        Assert.True(next.HasDatabase);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_wrong_password_is_an_error_at_once_that_does_not_repeat_it(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);

        var refused = await Assert.ThrowsAsync<DatabaseException>(
            () => RealDatabase.OpenAsync(options with { Password = "wr0ng" }, Token));

        Assert.Equal((DatabaseFailure.Access, 1045), (refused.Failure, refused.Number));
        Assert.DoesNotContain("wr0ng", refused.ToString());
    }

    private static async Task ApplyAsync(DatabaseServer server, params Migration[] steps)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, Token);
        await Migrations.ApplyAsync(session, "p", steps, Token);
    }

    private async Task<DatabaseServer> NewServerAsync(ServerKind kind) =>
        await RealDatabase.OpenAsync(await databases[kind].NewAsync(Token), Token);
}
