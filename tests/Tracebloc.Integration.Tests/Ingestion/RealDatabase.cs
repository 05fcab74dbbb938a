using System.Collections.Concurrent;
using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A real server. Arranging and reading back is the work of the server's own client, so that what is under test never
/// vouches for itself.
/// </summary>
public sealed class RealDatabase : IAsyncDisposable
{
    private readonly MySqlClient _client;
    private readonly ConcurrentQueue<string> _made = [];

    private RealDatabase(ServerKind kind, MySqlClient client) => (Kind, _client) = (kind, client);

    public ServerKind Kind { get; }

    public int Port => _client.Port;

    /// <summary>The authority of its certificate.</summary>
    public string CaFile => _client.CaFile;

    public static async Task<RealDatabase> ReadAsync(ServerKind kind, CancellationToken token) => new(
        kind, await MySqlClient.ReadAsync(RealParts.MySqlScript ?? "", kind == ServerKind.MariaDb, token));

    /// <summary>The name of a new database and the account of a run, which has rights on that database only.</summary>
    /// <param name="isCreated">False: the database does not exist yet.</param>
    /// <param name="token">Ends the client.</param>
    public async Task<DatabaseOptions> NewAsync(CancellationToken token, bool isCreated = true)
    {
        var name = $"test_{Guid.NewGuid():n}"[..20];
        _made.Enqueue(name);
        if (isCreated) await RunAsync($"CREATE DATABASE {name} CHARACTER SET utf8mb4", token);
        await _client.AddAccountAsync(name, $"of {name}", token);
        return new DatabaseOptions
        {
            Host = "127.0.0.1",
            Port = Port,
            User = name,
            Password = $"of {name}",
            Database = name,
            CaFile = CaFile,
        };
    }

    /// <summary>The server, for an account of <see cref="NewAsync"/>.</summary>
    public static Task<DatabaseServer> OpenAsync(DatabaseOptions options, CancellationToken token) =>
        DatabaseServer.WaitAsync(options, TimeSpan.FromSeconds(30), TimeProvider.System, null, token);

    /// <summary>Sets <c>local_infile</c> of the whole server.</summary>
    public Task AllowLocalInfileAsync(bool isAllowed, CancellationToken token) =>
        RunAsync($"SET GLOBAL local_infile = {(isAllowed ? 1 : 0)}", token);

    /// <summary>Runs statements as root.</summary>
    /// <returns>The rows, a line each, their fields separated by tabs.</returns>
    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) => _client.RunAsync(sql, token);

    /// <summary>The rows of a query as the server's client shows them on a terminal.</summary>
    public Task<string> ShowAsync(string sql, CancellationToken token) => _client.ShowAsync(sql, token);

    /// <summary>Drops what was made, and forbids LOAD DATA LOCAL as the server's default does.</summary>
    public async ValueTask DisposeAsync()
    {
        var drops = _made.Select(name => $"DROP DATABASE IF EXISTS {name}; DROP USER IF EXISTS {name}@'%';");
        await RunAsync($"{string.Concat(drops)} SET GLOBAL local_infile = 0", CancellationToken.None);
    }
}
