using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Tests.Querying;

/// <summary>The query API on loopback, with a fake API server and without a database.</summary>
internal sealed class ApiScene : IAsyncDisposable
{
    public const string Models = "/apis/michelangelo.api/v2/namespaces/team-a/models";

    /// <summary>Objects without a namespace.</summary>
    public const string Regions = "/apis/test.example/v1/regions";

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private KubernetesClient? _client;
    private WebHost? _host;
    private Task _serving = Task.CompletedTask;

    public FakeKubernetesApi Api { get; private set; } = null!; // StartAsync sets it.

    public bool AllowsLoopback { get; init; }

    public Canary Token { get; } = Canary.New("token");

    public static Task<ApiScene> StartAsync(CancellationToken token, bool allowsLoopback = false) =>
        new ApiScene { AllowsLoopback = allowsLoopback }.StartedAsync(token);

    public async Task<(int Code, JsonNode Body)> SendAsync(
        string method, string path, CancellationToken token, string? body = null, string? bearer = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri($"http://{_host?.Address}{path}"));
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, token);
        return (
            (int)response.StatusCode,
            JsonNode.Parse(await response.Content.ReadAsStringAsync(token)) ?? throw new InvalidOperationException());
    }

    public Task<(int Code, JsonNode Body)> GetAsync(string path, CancellationToken token) =>
        SendAsync("GET", path, token, bearer: Token.Value);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_host is not null) await _host.DisposeAsync();
        _client?.Dispose();
        await Api.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task<ApiScene> StartedAsync(CancellationToken token)
    {
        Api = await FakeKubernetesApi.StartAsync(cancellationToken: token);
        Api.AddToken(Token.Value, "jane");
        _client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = Api.Address, Token = Api.Token }, TimeProvider.System);
        var log = new RecordingLogger();
        var handler = new QueryApi(
            new QueryDatabase(_ => throw new DatabaseException(DatabaseFailure.Connection, "no database")),
            _client,
            KindSet.Of([.. KindTable.All, SomeObject.Region]),
            new QueryApiOptions { Version = "2.0.0", AllowsLoopback = AllowsLoopback },
            TimeProvider.System).Handler(new RequestCounters(), log);
        _host = await WebHost.StartAsync(
            new WebHostOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Setting = "--listen-api",
                MostBodyBytes = QueryApi.MostBodyBytes,
                MostConnections = 16,
                Shutdown = TimeSpan.FromSeconds(10),
            },
            http => handler.HandleAsync(http, http.RequestAborted),
            log,
            TimeProvider.System,
            token);
        _serving = _host.ServeUntilAsync(_stop.Token);
        return this;
    }
}
