using System.Data;
using MySqlConnector;

namespace Tracebloc.Database;

/// <summary>One connection, used by one caller at a time.</summary>
public sealed class DatabaseSession : IAsyncDisposable
{
    private static readonly TimeSpan RollbackLimit = TimeSpan.FromSeconds(30);

    private DatabaseSession(MySqlConnection connection, string address) =>
        (Connection, Address) = (connection, address);

    /// <summary>False while the database of the options does not exist.</summary>
    public bool HasDatabase { get; private set; }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>False once the connection is known to be lost.</summary>
    public bool IsOpen => Connection.State == ConnectionState.Open;

    internal MySqlConnection Connection { get; }

    internal static async Task<DatabaseSession> OpenAsync(
        DatabaseConnector connector, SessionUse use, CancellationToken token)
    {
        var session = new DatabaseSession(await connector.OpenAsync(use, token), connector.Options.Address);
        try
        {
            await session.UseAsync(connector.Options.Database, token);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows that it inserted, changed or deleted.</returns>
    /// <exception cref="DatabaseException">The server rejected it, or the connection was lost.</exception>
    public Task<long> ExecuteAsync(SqlStatement statement, CancellationToken token) =>
        RunAsync(statement, async command => (long)await command.ExecuteNonQueryAsync(token), token);

    /// <summary>Runs a query.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="map">Makes a row into a value.</param>
    /// <param name="token">Ends the query.</param>
    /// <returns>All rows, in the server's order.</returns>
    /// <exception cref="DatabaseException">The server rejected it, or the connection was lost.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        SqlStatement statement, Func<SqlRow, T> map, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(map);
        return RunAsync<IReadOnlyList<T>>(
            statement,
            async command =>
            {
                await using var reader = await command.ExecuteReaderAsync(token);
                var rows = new List<T>();
                while (await reader.ReadAsync(token))
                    rows.Add(map(new SqlRow(reader)));
                return rows;
            },
            token);
    }

    /// <summary>The first row of a query; the default value when there is none.</summary>
    /// <exception cref="DatabaseException">The server rejected it, or the connection was lost.</exception>
    public async Task<T?> FindAsync<T>(SqlStatement statement, Func<SqlRow, T> map, CancellationToken token) =>
        (await QueryAsync(statement, map, token)) is [var first, ..] ? first : default;

    /// <summary>Runs the work in a transaction, which is rolled back when the work fails.</summary>
    /// <exception cref="DatabaseException">A statement failed.</exception>
    public async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(work);
        await ExecuteAsync(new SqlStatement("START TRANSACTION"), token);
        try
        {
            await work(token);
            await ExecuteAsync(new SqlStatement("COMMIT"), token);
        }
        catch
        {
            await RollBackAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Creates the database if it does not exist, and uses it.</summary>
    /// <exception cref="DatabaseException">The account may not create it.</exception>
    public async Task CreateDatabaseAsync(string database, CancellationToken token)
    {
        if (HasDatabase) return;
        await ExecuteAsync(
            new SqlStatement($"CREATE DATABASE IF NOT EXISTS {SqlName.Quote(database)} CHARACTER SET utf8mb4"), token);
        await UseAsync(database, token);
    }

    /// <summary>True when the server answers on the connection still.</summary>
    public Task<bool> PingAsync(CancellationToken token) => Connection.PingAsync(token);

    /// <summary>Ends the connection, and with it its transaction and its locks.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>
    /// Ends a transaction without its changes; a cancelled run does so too. A lost connection has ended it already.
    /// </summary>
    internal async Task RollBackAsync(CancellationToken token)
    {
        try
        {
            await ExecuteAsync(new SqlStatement("ROLLBACK") { Limit = RollbackLimit }, token);
        }
        catch (DatabaseException)
        {
            await Connection.CloseAsync();
        }
    }

    internal async Task<T> RunAsync<T>(
        SqlStatement statement, Func<MySqlCommand, Task<T>> run, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(statement);
        await using var command = new MySqlCommand(statement.Text, Connection)
        {
            CommandTimeout = (int)Math.Ceiling(statement.Limit.TotalSeconds),
        };
        foreach (var value in statement.Values)
            command.Parameters.Add(new MySqlParameter { Value = value ?? DBNull.Value });
        try
        {
            return await run(command);
        }
        catch (Exception failed) when (DatabaseErrors.IsExpected(failed))
        {
            token.ThrowIfCancellationRequested();
            throw DatabaseErrors.Of(failed, Address);
        }
    }

    private async Task UseAsync(string database, CancellationToken token)
    {
        const int unknownDatabase = 1049;
        try
        {
            await ExecuteAsync(new SqlStatement($"USE {SqlName.Quote(database)}"), token);
            HasDatabase = true;
        }
        catch (DatabaseException absent) when (absent.Number == unknownDatabase)
        {
            HasDatabase = false;
        }
    }
}
