using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>
/// The published <c>jobs-manager serve</c> with a real API server, where its account has the rights of the client
/// chart, and a database of its own.
/// </summary>
internal sealed class ServeScene : IAsyncDisposable
{
    public const string Runs = "/internal/ingestion-runs";

    /// <summary>The rights of jobs-manager in its namespace.</summary>
    private const string Rights =
        """
        [{"apiGroups": ["batch"], "resources": ["jobs"],
          "verbs": ["get", "list", "watch", "create", "patch", "delete"]},
         {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
         {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create", "get", "delete"]},
         {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create", "delete"]},
         {"apiGroups": ["events.k8s.io"], "resources": ["events"], "verbs": ["create", "patch"]}]
        """;

    private readonly RealCluster _cluster;
    private readonly RealDatabase _database;
    private readonly ServeRoute? _route;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serve-");
    private readonly HttpClient _client = new();
    private readonly Canary _signingKey = Canary.New("signing-key-of-32-bytes-or-more-");
    private DatabaseOptions _options;
    private ChildProgram? _program;

    private ServeScene(RealCluster cluster, RealDatabase database, DatabaseOptions options, ServeRoute? route) =>
        (_cluster, _database, _options, _route, Port) = (cluster, database, options, route, FreePort.Next());

    /// <summary>The port that it listens on, after each start.</summary>
    public int Port { get; }

    /// <summary>The token of service account <c>ingestor</c>, audience jobs-manager.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Its account at the database.</summary>
    public string Account => _options.User;

    private string PolicyFile => Path.Combine(_folder.FullName, "ingestion-authz.yaml");

    private string KubeConfig => Path.Combine(_folder.FullName, "kubeconfig");

    private string ClusterRole => $"tokens-of-{_cluster.Namespace}";

    public static async Task<ServeScene> StartAsync(
        RealCluster cluster, RealDatabase database, CancellationToken token)
    {
        var scene = await ArrangeAsync(cluster, database, null, token);
        try
        {
            await scene.StartAsync(token);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same without a start of the program.</summary>
    /// <param name="cluster">The API server.</param>
    /// <param name="database">The database server.</param>
    /// <param name="route">The proxies that the program goes through; null: none.</param>
    /// <param name="token">Ends the arranging.</param>
    public static async Task<ServeScene> ArrangeAsync(
        RealCluster cluster, RealDatabase database, ServeRoute? route, CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.PublishedJobsManager, RealParts.Cluster);
        var scene = new ServeScene(cluster, database, await database.NewAsync(token), route);
        await scene.ArrangeAsync(token);
        return scene;
    }

    /// <summary>A specification of a table that the account may write, or of another.</summary>
    public static string Specification(string table = "houses_train") =>
        $$"""
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_regression
        table: {{table}}
        intent: train
        csv: /data/shared/rows.csv
        label: {column: price, policy: bucket}
        schema: {rooms: INT, area: DOUBLE}
        """;

    /// <summary>The names of a run's objects, in order.</summary>
    public static IReadOnlyList<string> NamesOf(string key)
    {
        var hash = RunKey.TryParse(key, out var parsed) ? parsed.Hash : "";
        return [$"configmap/ingest-config-{hash}", $"job.batch/ingest-job-{hash}", $"secret/ingest-token-{hash}"];
    }

    /// <summary>Starts the program, and returns once it is ready.</summary>
    public async Task StartAsync(CancellationToken token)
    {
        var program = Launch();
        if (!await ReadyProbe.WaitAsync(program, Port, token)) Assert.Fail($"it ended: {await program.Result}");
    }

    /// <summary>Starts the program, ready or not.</summary>
    public ChildProgram Launch() => _program = PublishedProgram.StartFile(
        RealParts.JobsManager, ["serve", "--kubeconfig", KubeConfig], Variables()).Guarding(_signingKey);

    /// <summary>Gives the program another database, from its next start on.</summary>
    public async Task ChangeDatabaseAsync(CancellationToken token)
    {
        _options = await _database.NewAsync(token);
        // MySQL takes a password without TLS, as through the proxy, only after a login with TLS.
        if (_route is not null) await RealDatabase.OpenAsync(_options, token);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _program?.KillAsync() ?? Task.CompletedTask;

    public Task<(int Status, JsonNode Body)> SubmitAsync(
        string key, CancellationToken token, string? specification = null) =>
        SendAsync(
            HttpMethod.Post,
            "/internal/submit-ingestion-run",
            Token,
            token,
            new JsonObject { ["ingest_config"] = specification ?? Specification(), ["idempotency_key"] = key });

    public async Task<(int Status, JsonNode Body)> SendAsync(
        HttpMethod method, string path, string? bearer, CancellationToken token, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{Port}{path}"));
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, token);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(token))!);
    }

    /// <summary>Replaces the policy, as the kubelet does when its ConfigMap changes.</summary>
    public Task WritePolicyAsync(string text, CancellationToken token) =>
        File.WriteAllTextAsync(PolicyFile, text, token);

    /// <summary>A token of a service account of the namespace, which is made when it is not there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="token">Ends the making.</param>
    /// <param name="audiences">None: the API server's own.</param>
    public async Task<string> TokenOfAsync(string account, CancellationToken token, params string[] audiences)
    {
        await _cluster.ApplyAsync(
            $$$"""{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "{{{account}}}"}}""", token);
        using var client = await _cluster.OpenAsync();
        var request = new Authenticationv1TokenRequest
        {
            Spec = new() { Audiences = [.. audiences], ExpirationSeconds = 3600 },
        };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            request, account, _cluster.Namespace, cancellationToken: token);
        return answer.Status.Token;
    }

    /// <summary>The rows of a query in the program's database, a line each.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken token) =>
        _database.RunAsync($"USE {_options.Database}; {sql}", token);

    /// <summary>The names of the objects that carry a run's label, in order.</summary>
    public async Task<IReadOnlyList<string>> ObjectsOfAsync(string key, CancellationToken token)
    {
        var names = await _cluster.KubectlAsync(
            ["get", "jobs,configmaps,secrets", $"--selector=tracebloc.io/ingestion-run={key}", "--output=name"], token);
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>SIGTERM, and the end within the bound.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.TerminateAsync();
            await _program.Result;
        }

        await _cluster.KubectlAsync(
            ["delete", "clusterrolebinding", ClusterRole, "--ignore-not-found"], CancellationToken.None);
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ArrangeAsync(CancellationToken token)
    {
        var own = await TokenOfAsync("jobs-manager", token);
        Token = await TokenOfAsync("ingestor", token, "jobs-manager");
        await _cluster.ApplyAsync(
            $$$"""
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "jobs-manager"},
               "rules": {{{Rights}}} },
              {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
               "metadata": {"name": "jobs-manager"},
               "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "jobs-manager"},
               "subjects": [
                 {"kind": "ServiceAccount", "name": "jobs-manager", "namespace": "{{{_cluster.Namespace}}}"} ]},
              {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
               "metadata": {"name": "{{{ClusterRole}}}"},
               "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                           "name": "system:auth-delegator"},
               "subjects": [
                 {"kind": "ServiceAccount", "name": "jobs-manager", "namespace": "{{{_cluster.Namespace}}}"} ]} ]}
            """,
            token);
        await _cluster.WriteKubeConfigAsync(KubeConfig, own, token);
        if (_route is not null) await _route.WriteToAsync(KubeConfig, token);
        await WritePolicyAsync(
            "allowed:\n- {service_account: ingestor, table_prefixes: [houses_]}\n", token);
    }

    private (string Name, string Value)[] Variables() =>
    [
        ("MYSQL_HOST", _options.Host),
        ("MYSQL_PORT", $"{_route?.DatabasePort ?? _options.Port}"),
        ("MYSQL_SSL_CA", _route is null ? _options.CaFile ?? "" : ""),
        ("DB_USER", _options.User),
        ("DB_PASSWORD", _options.Password),
        ("DB_NAME", _options.Database),
        ("POD_TOKEN_SIGNING_SECRET", _signingKey.Value),
        ("REQUESTS_PROXY_URL", "http://requests-proxy-service:8888"),
        ("CLIENT_PVC", "client-pvc"),
        ("INGEST_DB_SECRET", "client-db"),
        ("INGESTOR_IMAGE_TAG", "prod"),
        ("INGESTION_AUTHZ", PolicyFile),
        ("LISTEN", $"127.0.0.1:{Port}"),
        ("NAMESPACE", _cluster.Namespace),
    ];
}
