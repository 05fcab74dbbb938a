namespace Tracebloc.Database;

/// <summary>Brings the tables of a program to their newest form, one program at a time.</summary>
public static class Migrations
{
    private const int DuplicateColumn = 1060;

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(10);

    /// <summary>Applies the migrations that the database lacks. The session's locks are free afterwards.</summary>
    /// <param name="session">A session whose database exists.</param>
    /// <param name="prefix">The start of the program's table names; <c>PREFIX_migrations</c> lists them.</param>
    /// <param name="migrations">In the order of their versions.</param>
    /// <param name="token">Ends the work between two migrations.</param>
    /// <exception cref="DatabaseException">
    /// A migration failed; an applied one has changed; the database is newer than this program; or another program
    /// migrates for more than 30 s.
    /// </exception>
    public static async Task ApplyAsync(
        DatabaseSession session, string prefix, IReadOnlyList<Migration> migrations, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        var database = await session.FindAsync(new SqlStatement("SELECT DATABASE()"), row => row.Text(0), token);
        var name = LockName.Of("tracebloc/migrate/", database ?? "", prefix);
        if (!await NamedLock.TakeAsync(session, name, LockWait, token))
            throw new DatabaseException(
                DatabaseFailure.Statement,
                $"Database {session.Address}: another program changes the tables {prefix}_* for more than "
                + $"{LockWait.TotalSeconds:0} s; wait for it, then run again");
        try
        {
            await ApplyLockedAsync(session, prefix, migrations, token);
        }
        finally
        {
            await ReleaseAsync(session, name, CancellationToken.None);
        }
    }

    private static async Task ApplyLockedAsync(
        DatabaseSession session, string prefix, IReadOnlyList<Migration> migrations, CancellationToken token)
    {
        var list = SqlName.Quote($"{prefix}_migrations");
        await session.ExecuteAsync(
            new SqlStatement(
                $"CREATE TABLE IF NOT EXISTS {list} (version INT PRIMARY KEY, name VARCHAR(100) NOT NULL, "
                + "checksum CHAR(64) NOT NULL, applied_at DATETIME(6) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"),
            token);
        var applied = await session.QueryAsync(
            new SqlStatement($"SELECT version, name, checksum FROM {list} ORDER BY version"),
            row => ((int)row.Number(0), row.Text(1), row.Text(2)),
            token);
        foreach (var (version, name, checksum) in applied)
            if (migrations.FirstOrDefault(one => one.Version == version)?.Checksum != checksum)
                throw Unlike(session, prefix, version, name);
        foreach (var migration in migrations.Skip(applied.Count))
        {
            await ApplyAsync(session, migration, token);
            await session.ExecuteAsync(
                new SqlStatement(
                    $"INSERT INTO {list} VALUES (?, ?, ?, UTC_TIMESTAMP(6))",
                    migration.Version, migration.Name, migration.Checksum),
                token);
        }
    }

    private static async Task ApplyAsync(DatabaseSession session, Migration migration, CancellationToken token)
    {
        try
        {
            await session.ExecuteAsync(new SqlStatement(migration.Sql) { Limit = StepLimit }, token);
        }
        catch (DatabaseException there) when (there.Number == DuplicateColumn)
        {
            // An earlier attempt was killed before it was listed: MySQL has no ADD COLUMN IF NOT EXISTS.
        }
    }

    private static DatabaseException Unlike(DatabaseSession session, string prefix, int version, string name) => new(
        DatabaseFailure.Statement,
        $"Database {session.Address}: migration {version} ({name}) of the tables {prefix}_* is not the one of this "
        + "version; use the newest version of this program");

    // A lost connection has no locks.
    private static async Task ReleaseAsync(DatabaseSession session, string name, CancellationToken token)
    {
        try
        {
            await session.FindAsync(
                new SqlStatement("SELECT RELEASE_LOCK(?)", name), row => row.NumberOrNull(0), token);
        }
        catch (DatabaseException)
        {
            await session.DisposeAsync();
        }
    }
}
