using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>
/// The published jobs-manager as a server: a namespace with an account that may submit, a database, and its process.
/// </summary>
internal sealed class ServeStage : IAsyncDisposable
{
    private const string Account = "ingestor";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-benchmark-");
    private readonly SubmitParts _parts;
    private readonly Kubectl _kubectl;
    private readonly MySqlClient _database;
    private ServerProcess? _server;

    private ServeStage(SubmitParts parts, MySqlClient database)
    {
        (_parts, _database) = (parts, database);
        _kubectl = new Kubectl(parts.KubeConfig, $"benchmark-{Guid.NewGuid():n}"[..20]);
    }

    public string Namespace => _kubectl.Namespace;

    public ServerProcess Server => _server ?? throw new InvalidOperationException("jobs-manager does not run.");

    /// <summary>The token of the account, for jobs-manager.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A client of the API server with the rights of its administrator.</summary>
    public HttpClient Api { get; private set; } = new();

    public static async Task<ServeStage> SetUpAsync(SubmitParts parts, CancellationToken token)
    {
        var database = await MySqlClient.ReadAsync(parts.MySqlScript, isMariaDb: false, token);
        return await SetUp.OfAsync(new ServeStage(parts, database), stage => stage.SetUpAsync(token));
    }

    /// <summary>Without a token: what was made must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _kubectl.RunAsync(
            ["delete", "namespace", Namespace, "--wait=false", "--ignore-not-found"], CancellationToken.None);
        var name = DatabaseName;
        await _database.RunAsync($"DROP DATABASE IF EXISTS {name}; DROP USER IF EXISTS {name}", CancellationToken.None);
        Api.Dispose();
        _folder.Delete(recursive: true);
    }

    private string DatabaseName => Namespace.Replace('-', '_');

    private async Task SetUpAsync(CancellationToken token)
    {
        var cluster = await Cluster.ReadAsync(_kubectl, token);
        Api = cluster.ToClient("benchmark");
        await _kubectl.RunAsync(["create", "namespace", Namespace], token);
        await _kubectl.RunAsync(["create", "serviceaccount", Account], token);
        Token = await TokenAsync(token);
        await _database.RunAsync($"CREATE DATABASE {DatabaseName} CHARACTER SET utf8mb4", token);
        await _database.AddAccountAsync(DatabaseName, "not-a-password", token);
        var policy = Path.Combine(_folder.FullName, "authz.yaml");
        await File.WriteAllTextAsync(
            policy, $"allowed: [{{service_account: {Account}, table_prefixes: ['*']}}]\n", token);
        _server = ServerProcess.Start(
            _parts.JobsManager, ["serve", "--kubeconfig", _parts.KubeConfig], port => Variables(policy, port));
        await _server.ReadyAsync(token);
    }

    private IReadOnlyDictionary<string, string?> Variables(string policy, int port) => new Dictionary<string, string?>
    {
        ["MYSQL_HOST"] = "127.0.0.1",
        ["MYSQL_PORT"] = _database.Port.ToString(CultureInfo.InvariantCulture),
        ["DB_USER"] = DatabaseName,
        ["DB_PASSWORD"] = "not-a-password",
        ["DB_NAME"] = DatabaseName,
        ["POD_TOKEN_SIGNING_SECRET"] = "benchmark-signing-secret-of-48-characters-000000",
        ["REQUESTS_PROXY_URL"] = "http://requests-proxy-service:8888",
        ["CLIENT_ENV"] = "dev",
        ["CLIENT_PVC"] = "client-pvc",
        ["INGEST_DB_SECRET"] = "ingest-db",
        ["INGESTOR_IMAGE_REPOSITORY"] = "ghcr.io/tracebloc/ingestor",
        ["INGESTOR_IMAGE_DIGEST"] = $"sha256:{new string('0', 64)}",
        ["INGESTION_AUTHZ"] = policy,
        ["NAMESPACE"] = Namespace,
        ["LISTEN"] = $"127.0.0.1:{port}",
        ["LOG_LEVEL"] = "warning",
    };

    private async Task<string> TokenAsync(CancellationToken token)
    {
        var asked = """{"spec":{"audiences":["jobs-manager"],"expirationSeconds":3600}}""";
        using var answer = await Api.PostAsync(
            $"api/v1/namespaces/{Namespace}/serviceaccounts/{Account}/token", Json(asked), token);
        answer.EnsureSuccessStatusCode();
        var review = JsonNode.Parse(await answer.Content.ReadAsStringAsync(token));
        return (string?)review?["status"]?["token"] ?? throw new FormatException("The API server gave no token.");
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
