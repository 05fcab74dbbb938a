using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Settings;
using Tracebloc.JobsManager.Tests.Runs;
using Tracebloc.JobsManager.Verbs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Web;

/// <summary><c>jobs-manager serve</c> on loopback, with a run table and an API server that are fakes.</summary>
internal sealed class ServeFixture : IAsyncDisposable
{
    public const string Path = "/internal/submit-ingestion-run", Runs = "/internal/ingestion-runs";

    public const string Specification =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_regression
        table: houses_train
        intent: train
        csv: /data/shared/rows.csv
        label: {column: price, policy: bucket}
        schema: {rooms: INT, area: DOUBLE}
        """;

    private const string Policy =
        """
        allowed:
          - {service_account: ingestor, table_prefixes: [houses_, flats_]}
          - {service_account: reader, namespace: other, table_prefixes: [cars_]}
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new();
    private readonly FileInfo _policy = new(System.IO.Path.GetTempFileName());
    private ServeProgram? _program;
    private Task _serving = Task.CompletedTask;

    public FakeKubernetesApi Api { get; private set; } = null!; // StartAsync sets it.

    public FakeRunTable Table { get; private set; } = null!; // StartAsync sets it.

    public RecordingLogger Log { get; } = new();

    /// <summary>The token of <c>tracebloc/ingestor</c>.</summary>
    public Canary Token { get; } = Canary.New("token");

    /// <summary>The token of <c>other/reader</c>, for the API server itself.</summary>
    public Canary OtherToken { get; } = Canary.New("other-token");

    public Canary SigningKey { get; } = Canary.New("signing-key-of-32-bytes-or-more-");

    public string? ImageTag { get; init; } = "prod";

    public FakeServerVersion Version { get; init; } = FakeServerVersion.Current;

    public Deadlines Deadlines { get; init; } = new() { RetryAfter = TimeSpan.FromSeconds(5) };

    public IPEndPoint Address => _program?.Address ?? throw new InvalidOperationException("not started");

    public static async Task<ServeFixture> StartAsync(CancellationToken token) =>
        await new ServeFixture().StartedAsync(token);

    public async Task<ServeFixture> StartedAsync(CancellationToken token)
    {
        Api = await FakeKubernetesApi.StartAsync(new FakeKubernetesApiOptions { Version = Version }, token);
        Api.AddToken(Token.Value, "system:serviceaccount:tracebloc:ingestor", "jobs-manager");
        Api.AddToken(OtherToken.Value, "system:serviceaccount:other:reader");
        Table = await FakeRunTable.StartAsync(token);
        WritePolicy(Policy);
        _program = await ServeProgram.StartAsync(
            SettingsOf(Table.Server.Options),
            new KubernetesClientConfiguration { Server = Api.Address, Token = Api.Token, Namespace = "tracebloc" },
            Deadlines,
            new ProgramContext(TimeProvider.System, _ => null, Log, new ResultWriter(() => Stream.Null)),
            token);
        _serving = _program.ServeUntilAsync(_stop.Token);
        // The follower begins once the run table is open.
        await Api.WaitForCallAsync(call => call is { Verb: "watch", Resource: "jobs", Status: not 0 }, token);
        return this;
    }

    public void WritePolicy(string text) => File.WriteAllText(_policy.FullName, text);

    public static JsonObject Body(
        string key = "run-7", string specification = Specification, string? digest = null, JsonNode? parallelism = null)
    {
        var body = new JsonObject { ["ingest_config"] = specification, ["idempotency_key"] = key };
        if (digest is not null) body["image_digest"] = digest;
        if (parallelism is not null) body["parallelism"] = parallelism;
        return body;
    }

    public Task<Received> SubmitAsync(JsonNode body, CancellationToken token) =>
        SendAsync("POST", Path, body.ToJsonString(), Token.Value, token);

    public Task<Received> SendAsync(string method, string path, CancellationToken token) =>
        SendAsync(method, path, null, Token.Value, token);

    public async Task<Received> SendAsync(
        string method, string path, string? body, string? bearer, CancellationToken token, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://{Address}{path}"));
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.TransferEncodingChunked = isChunked;
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, token);
        return new Received(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(token),
            response.Headers.RetryAfter?.Delta,
            string.Join(", ", response.Content.Headers.Allow));
    }

    /// <summary>Asks again, without a pause, until it is so.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> condition, CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async bounded =>
            {
                while (!await condition(bounded)) bounded.ThrowIfCancellationRequested();
                return true;
            },
            () => string.Join('\n', Log.Lines));
    }

    /// <summary>Sends bytes as they are, and returns all that comes back before the server closes.</summary>
    public async Task<string> SendRawAsync(string request, CancellationToken token)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address, token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_program is not null) await _program.DisposeAsync();
        new LeakScan(Token, OtherToken, SigningKey).Look("the log", string.Join('\n', Log.Lines)).AssertNone();
        await Table.DisposeAsync();
        await Api.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
        _policy.Delete();
    }

    private ServeSettings SettingsOf(DatabaseOptions database) => new()
    {
        Database = database,
        SigningKey = new Secret(SigningKey.Value),
        TokenLife = TimeSpan.FromHours(1),
        Pods = Some.Pods,
        ImageRepository = "ghcr.io/tracebloc/ingestor",
        ImageTag = ImageTag,
        Policy = _policy.FullName,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        KeptRuns = 200,
        // The clock is the real one, and the runs of tests are of one day.
        KeptFor = TimeSpan.FromDays(36_500),
        LogLevel = LogLevel.Information,
    };
}

/// <summary>An answer as it arrived.</summary>
internal sealed record Received(int Status, string Text, TimeSpan? RetryAfter, string Allow)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException(Text);

    public string Detail => (string?)Json["detail"] ?? throw new InvalidOperationException(Text);
}
