using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Testing;

/// <summary>The client, as root, of a server that scripts/mysql.sh runs.</summary>
public sealed class MySqlClient
{
    // Those that docs/ingestion.md gives to the account of a run.
    private const string Rights = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX";

    private readonly string _kind;
    private readonly Dictionary<string, string?> _exports;

    private MySqlClient(string kind, Dictionary<string, string?> exports) => (_kind, _exports) = (kind, exports);

    /// <summary>The port on loopback.</summary>
    public int Port => int.Parse(this["PORT"], CultureInfo.InvariantCulture);

    /// <summary>The authority of the server's certificate.</summary>
    public string CaFile => this["CA"];

    private string this[string name] => _exports[$"{_kind}_{name}"] ?? "";

    /// <param name="script">scripts/mysql.sh, which has started the server.</param>
    /// <param name="isMariaDb">The second of its servers.</param>
    /// <param name="token">Ends the script.</param>
    public static async Task<MySqlClient> ReadAsync(string script, bool isMariaDb, CancellationToken token) => new(
        isMariaDb ? "MARIADB" : "MYSQL",
        await ScriptExports.ReadAsync(script, isMariaDb ? "env --mariadb" : "env", token));

    /// <summary>The account of a run, with its rights on the database of the same name only.</summary>
    public Task AddAccountAsync(string name, string password, CancellationToken token) => RunAsync(
        $"CREATE USER {name}@'%' IDENTIFIED BY '{password}'; GRANT {Rights} ON {name}.* TO {name}@'%'", token);

    /// <summary>Runs statements.</summary>
    /// <returns>The rows, a line each, their fields separated by tabs.</returns>
    public Task<string> RunAsync(string sql, CancellationToken token) =>
        RunAsync(sql, ["--batch", "--skip-column-names"], token);

    /// <summary>The same.</summary>
    /// <returns>The rows as the client shows them on a terminal.</returns>
    public Task<string> ShowAsync(string sql, CancellationToken token) => RunAsync(sql, ["--table"], token);

    private async Task<string> RunAsync(string sql, IEnumerable<string> format, CancellationToken token)
    {
        var result = await Cli.Wrap(this["CLIENT"])
            .WithArguments(
            [
                "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={Port}", "--user=root",
                "--default-character-set=utf8mb4", .. format,
            ])
            .WithStandardInputPipe(PipeSource.FromString(sql))
            .WithEnvironmentVariables(variables => variables.Set("MYSQL_PWD", this["PASSWORD"]))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
        return result.ExitCode == 0
            ? result.StandardOutput
            : throw new InvalidOperationException($"{_kind}: {result.StandardError}");
    }
}
