using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing;
using Tracebloc.Testing.Backend;

namespace Tracebloc.Demo.Ingestion;

/// <summary>
/// A folder with a generated data set, a central backend inside this process, and a database of its own on the server
/// of scripts/mysql.sh, where there is one.
/// </summary>
internal sealed class IngestWorld : IAsyncDisposable
{
    // The Demo target sets it when the server answers.
    private const string Script = "TRACEBLOC_DEMO_MYSQL";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ingestor-demo-");
    private readonly string _account = $"demo_{Guid.NewGuid():n}"[..20];
    private readonly MySqlClient? _client;

    private IngestWorld(MySqlClient? client, FakeBackend backend) => (_client, Backend) = (client, backend);

    public FakeBackend Backend { get; }

    public bool HasDatabase => _client is not null;

    public static async Task<IngestWorld> StartAsync(CancellationToken token)
    {
        var script = Environment.GetEnvironmentVariable(Script);
        var world = new IngestWorld(
            File.Exists(script) ? await MySqlClient.ReadAsync(script, isMariaDb: false, token) : null,
            await FakeBackend.StartAsync(cancellationToken: token));
        world.Write("ingest.yaml", Houses.Specification);
        world.Write("houses.csv", Houses.Faulty);
        if (world._client is not { } client) return world;
        await client.RunAsync($"CREATE DATABASE {world._account} CHARACTER SET utf8mb4", token);
        await client.AddAccountAsync(world._account, world._account, token);
        return world;
    }

    public void Repair() => Write("houses.csv", Houses.Sound);

    /// <summary>Runs the program as an operator would, in the folder of the data set.</summary>
    public Task<BufferedCommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken token) =>
        Cli.Wrap("dotnet")
            .WithArguments([Path.Combine(AppContext.BaseDirectory, "ingestor.dll"), .. arguments])
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(Variables())
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);

    /// <summary>The rows of a query, as the server's own client shows them.</summary>
    public Task<string> ShowAsync(string sql, CancellationToken token) =>
        _client?.ShowAsync($"USE {_account}; {sql}", token) ?? Task.FromResult("");

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.RunAsync(
                $"DROP DATABASE {_account}; DROP USER {_account}@'%'", CancellationToken.None);
        await Backend.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Dictionary<string, string?> Variables() => _client is null ? [] : new()
    {
        ["INGEST_CONFIG"] = "ingest.yaml",
        ["MYSQL_HOST"] = "127.0.0.1",
        ["MYSQL_PORT"] = $"{_client.Port}",
        ["MYSQL_SSL_CA"] = _client.CaFile,
        ["DB_USER"] = _account,
        ["DB_PASSWORD"] = _account,
        ["DB_NAME"] = _account,
        ["BACKEND_URL"] = $"{Backend.Address}",
        ["BACKEND_TOKEN"] = Backend.Token,
        ["STORAGE_PATH"] = _folder.FullName,
        ["TRACEBLOC_INGEST_CORRELATION_ID"] = "demo",
    };

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);
}
