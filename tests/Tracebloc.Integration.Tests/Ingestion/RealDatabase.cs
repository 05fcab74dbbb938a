using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A real server. Arranging and reading back is the work of the server's own client, so that what is under test never
/// vouches for itself.
/// </summary>
public sealed class RealDatabase : IAsyncDisposable
{
    /// <summary>The rights that docs/ingestion.md gives to the account of a run.</summary>
    public const string Rights = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX";

    private readonly Dictionary<string, string?> _exports;
    private readonly List<string> _made = [];

    private RealDatabase(ServerKind kind, Dictionary<string, string?> exports) => (Kind, _exports) = (kind, exports);

    public ServerKind Kind { get; }

    public int Port => int.Parse(Export("PORT"), CultureInfo.InvariantCulture);

    /// <summary>The authority of its certificate.</summary>
    public string CaFile => Export("CA");

    public static async Task<RealDatabase> ReadAsync(ServerKind kind, CancellationToken token) => new(
        kind,
        await ScriptExports.ReadAsync(
            RealParts.MySqlScript ?? "", kind == ServerKind.MySql ? "env" : "env --mariadb", token));

    /// <summary>The name of a new database and the account of a run, which has rights on that database only.</summary>
    /// <param name="isCreated">False: the database does not exist yet.</param>
    /// <param name="token">Ends the client.</param>
    public async Task<DatabaseOptions> NewAsync(CancellationToken token, bool isCreated = true)
    {
        var name = $"test_{Guid.NewGuid():n}"[..20];
        _made.Add(name);
        var create = isCreated ? $"CREATE DATABASE {name} CHARACTER SET utf8mb4;" : "";
        await RunAsync(
            $"{create} CREATE USER {name}@'%' IDENTIFIED BY 'of {name}'; GRANT {Rights} ON {name}.* TO {name}@'%'",
            token);
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
    public async Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token)
    {
        var result = await Cli.Wrap(Export("CLIENT"))
            .WithArguments(
            [
                "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={Port}", "--user=root",
                "--default-character-set=utf8mb4", "--batch", "--skip-column-names",
            ])
            .WithStandardInputPipe(PipeSource.FromString(sql))
            .WithEnvironmentVariables(variables => variables.Set("MYSQL_PWD", Export("PASSWORD")))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
        return result.ExitCode == 0
            ? result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"{Kind}: {result.StandardError}");
    }

    /// <summary>Drops what was made, and forbids LOAD DATA LOCAL as the server's default does.</summary>
    public async ValueTask DisposeAsync()
    {
        var drops = _made.Select(name => $"DROP DATABASE IF EXISTS {name}; DROP USER IF EXISTS {name}@'%';");
        await RunAsync($"{string.Concat(drops)} SET GLOBAL local_infile = 0", CancellationToken.None);
    }

    private string Export(string name) =>
        _exports[$"{(Kind == ServerKind.MySql ? "MYSQL" : "MARIADB")}_{name}"] ?? "";
}
