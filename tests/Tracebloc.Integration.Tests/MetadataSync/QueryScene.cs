using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Tests;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The query API on loopback, over the tables of one kind on a real server.</summary>
internal sealed class QueryScene : IAsyncDisposable
{
    private readonly RealDatabase _real;
    private readonly SessionPool _pool;
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly KubernetesClient _client;
    private WebHost? _host;
    private Task _serving = Task.CompletedTask;

    private QueryScene(RealDatabase real, SessionPool pool, FakeKubernetesApi api)
    {
        (_real, _pool, Api) = (real, pool, api);
        _client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = api.Address, Token = api.Token }, TimeProvider.System);
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A kind with a column of each type; <c>colour</c> has 10 characters.</summary>
    public static Kind Kind => SomeObject.Gadget;

    public static string Everywhere => $"/apis/{Kind.Group}/{Kind.Version}/{Kind.Plural}";

    public static string TeamA => $"/apis/{Kind.Group}/{Kind.Version}/namespaces/team-a/{Kind.Plural}";

    public FakeKubernetesApi Api { get; }

    public RecordingLogger Log { get; } = new();

    public string Server => $"{(Certificate is null ? "http" : "https")}://localhost:{_host?.Address.Port}";

    public ServerCertificate? Certificate { get; private init; }

    /// <param name="real">The server of the tables.</param>
    /// <param name="token">Cancels the start.</param>
    /// <param name="certificate">For https; callers then need tokens.</param>
    public static async Task<QueryScene> StartAsync(
        RealDatabase real, CancellationToken token, ServerCertificate? certificate = null)
    {
        var server = await RealDatabase.OpenAsync(await real.NewAsync(token), token);
        var api = await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions
            {
                Types =
                [
                    .. FakeResourceType.Known, FakeResourceType.Custom(Kind.Group, Kind.Version, Kind.Name),
                ],
            },
            token);
        var scene = new QueryScene(
            real, new SessionPool(server, SessionUse.Sharing, new SessionPoolOptions()), api)
        {
            Certificate = certificate,
        };
        foreach (var table in KindTables.Of(Kind))
            await scene.RunAsync(table.CreateSql, token);
        await scene.ServeAsync(token);
        return scene;
    }

    public Task InsertAsync(CancellationToken token, params IEnumerable<QueryRow> rows) =>
        RunAsync(string.Concat(rows.Select(row => row.Sql(Kind))), token);

    /// <summary>Adds an object to the cluster.</summary>
    /// <returns>Its row.</returns>
    public QueryRow AddLive(string name)
    {
        Api.Add(
            $$$"""
            {"apiVersion": "test.example/v1", "kind": "Gadget",
             "metadata": {"name": "{{{name}}}", "namespace": "team-a"}}
            """);
        return new QueryRow(name)
        {
            Uid = (string?)Api.Get($"gadget/{name}", "team-a")["metadata"]!["uid"] ?? "",
        };
    }

    /// <summary>Runs statements by the server's own client.</summary>
    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) =>
        _real.RunAsync($"USE {_pool.Server.Options.Database}; {sql}", token);

    public async Task<(int Code, string Text)> SendAsync(
        string method, string path, CancellationToken token, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server + path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(token));
    }

    public async Task<JsonNode> JsonAsync(
        string method, string path, CancellationToken token, string? body = null, int code = 200)
    {
        var (found, text) = await SendAsync(method, path, token, body);
        Assert.True(code == found, $"{found}: {text}\n{string.Join('\n', Log.Lines)}");
        return JsonNode.Parse(text) ?? throw new InvalidOperationException(text);
    }

    /// <summary>The names of a list, or of a query with a body.</summary>
    public async Task<string[]> NamesAsync(string path, CancellationToken token, string? body = null) =>
        [.. Names(await JsonAsync(body is null ? "GET" : "POST", path, token, body))];

    public static IEnumerable<string> Names(JsonNode list) =>
        list["items"]?.AsArray().Select(item => (string?)item?["metadata"]?["name"] ?? "") ?? [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_host is not null) await _host.DisposeAsync();
        _client.Dispose();
        await Api.DisposeAsync();
        await _pool.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(CancellationToken token)
    {
        var api = new QueryApi(
            new QueryDatabase(_ => Task.FromResult(_pool)),
            _client,
            KindSet.Of([Kind]),
            new QueryApiOptions { Version = "2.0.0", AllowsLoopback = Certificate is null },
            new ManualTimeProvider(Now));
        var handler = api.Handler(new RequestCounters(), Log);
        var options = new WebHostOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Setting = "--listen-api",
            Certificate = Certificate,
            MostBodyBytes = QueryApi.MostBodyBytes,
            MostConnections = 32,
            Shutdown = TimeSpan.FromSeconds(10),
        };
        _host = await WebHost.StartAsync(
            options, http => handler.HandleAsync(http, http.RequestAborted), Log, TimeProvider.System, token);
        _serving = _host.ServeUntilAsync(_stop.Token);
    }
}
