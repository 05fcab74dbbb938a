using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Testing;

/// <summary>
/// The client that came with a real server of <c>scripts/mysql.sh</c>, as root. It arranges and reads back, so that a
/// product under test never vouches for itself.
/// </summary>
public sealed class MySqlClient
{
    // Those that docs/ingestion.md gives to the account of a run.
    private const string Rights = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX";

    private readonly Dictionary<string, string?> _exports;
    private readonly string _kind;

    private MySqlClient(string kind, Dictionary<string, string?> exports) => (_kind, _exports) = (kind, exports);

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => int.Parse(Export("PORT"), CultureInfo.InvariantCulture);

    /// <summary>The authority of the server's certificate.</summary>
    public string CaFile => Export("CA");

    /// <summary>The password of root.</summary>
    public string Password => Export("PASSWORD");

    /// <summary>The environment of <see cref="Command"/>.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?> { ["MYSQL_PWD"] = Password };

    /// <summary>Reads how to reach a server that runs.</summary>
    /// <param name="script">The path of <c>scripts/mysql.sh</c>.</param>
    /// <param name="isMariaDb">True for MariaDB, false for MySQL.</param>
    /// <param name="token">Ends the script.</param>
    public static async Task<MySqlClient> ReadAsync(string script, bool isMariaDb, CancellationToken token) => new(
        isMariaDb ? "MARIADB" : "MYSQL",
        await ScriptExports.ReadAsync(script, isMariaDb ? "env --mariadb" : "env", token));

    /// <summary>The client with its arguments, for rows whose fields are separated by tabs.</summary>
    public IReadOnlyList<string> Command(params IReadOnlyList<string> more) =>
        [.. Client(), "--batch", "--skip-column-names", .. more];

    /// <summary>Adds the account of a run, which has its rights on the database of the same name only.</summary>
    public Task AddAccountAsync(string name, string password, CancellationToken token) => RunAsync(
        $"CREATE USER {name}@'%' IDENTIFIED BY '{password}'; GRANT {Rights} ON {name}.* TO {name}@'%'", token);

    /// <summary>Runs statements.</summary>
    /// <returns>The rows, a line each, their fields separated by tabs.</returns>
    /// <exception cref="InvalidOperationException">The server refused one of them.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) =>
        (await RunAsync(Command(), sql, token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same.</summary>
    /// <returns>The rows as the client shows them on a terminal.</returns>
    /// <exception cref="InvalidOperationException">The server refused one of them.</exception>
    public Task<string> ShowAsync(string sql, CancellationToken token) =>
        RunAsync([.. Client(), "--table"], sql, token);

    private string[] Client() =>
    [
        Export("CLIENT"), "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={Port}", "--user=root",
        "--default-character-set=utf8mb4",
    ];

    private async Task<string> RunAsync(IReadOnlyList<string> command, string sql, CancellationToken token)
    {
        var result = await Cli.Wrap(command[0])
            .WithArguments(command.Skip(1))
            .WithStandardInputPipe(PipeSource.FromString(sql))
            .WithEnvironmentVariables(Environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
        return result.ExitCode == 0
            ? result.StandardOutput
            : throw new InvalidOperationException($"{_kind}: exit {result.ExitCode}: {result.StandardError}");
    }

    private string Export(string name) => _exports[$"{_kind}_{name}"] ?? "";
}
