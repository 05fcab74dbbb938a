using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>The published requests-proxy before a backend that answers at once, and a batch of rows for both.</summary>
internal sealed class ProxyStage : IAsyncDisposable
{
    private const string Secret = "benchmark-signing-secret-of-48-characters-000000", Table = "benchmark",
        Key = "benchmark";

    // The id that follows from that key and that table.
    private const string IngestorId = "c19412e9-664d-8599-8cb4-7eb803d6c8b6";

    private const int Rows = 100;

    private readonly QuickBackend _backend;
    private readonly string _token = Token();
    private readonly string _batch = Batch();

    private ProxyStage(QuickBackend backend, ServerProcess server)
    {
        (_backend, Server) = (backend, server);
        Direct = new HttpClient { BaseAddress = backend.Address };
    }

    public ServerProcess Server { get; }

    private HttpClient Direct { get; }

    public static async Task<ProxyStage> SetUpAsync(SubmitParts parts, CancellationToken token)
    {
        var backend = await QuickBackend.StartAsync(IPAddress.Loopback, token);
        var server = ServerProcess.Start(
            parts.JobsManager,
            ["proxy"],
            port => new Dictionary<string, string?>
            {
                ["CLIENT_ID"] = "benchmark",
                ["CLIENT_PASSWORD"] = "not-a-password",
                ["BACKEND_URL"] = $"{backend.Address}",
                ["POD_TOKEN_SIGNING_SECRET"] = Secret,
                ["LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
                ["LOG_LEVEL"] = "warning",
            });
        return await SetUp.OfAsync(new ProxyStage(backend, server), stage => stage.Server.ReadyAsync(token));
    }

    public Task<Race> RunAsync(Rounds rounds, CancellationToken token) => Stopwatches.RaceAsync(
        [
            (SubmitScenario.Through, stop => SendAsync(Server.Client, stop)),
            (SubmitScenario.Direct, stop => SendAsync(Direct, stop)),
        ],
        rounds,
        token);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Direct.Dispose();
        await _backend.DisposeAsync();
    }

    private async Task SendAsync(HttpClient client, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"global_meta/{Table}/")
        {
            Content = ServeStage.Json(_batch),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"TOKEN {_token}");
        using var answer = await client.SendAsync(request, token);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"A call got {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
        await answer.Content.ReadAsByteArrayAsync(token);
    }

    private static string Batch() => new JsonArray(
    [
        .. Enumerable.Range(0, Rows).Select(row => new JsonObject
        {
            ["data_id"] = $"{Guid.NewGuid()}",
            ["data_intent"] = "train",
            ["label"] = "kind",
            ["is_sample"] = false,
            ["injestor_id"] = IngestorId,
        }),
    ]).ToJsonString();

    // By hand, so that the product's own tokens do not vouch for themselves.
    private static string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "jobs-manager",
            ["aud"] = "requests-proxy",
            ["sub"] = Key,
            ["table"] = Table,
            ["intent"] = "train",
            ["iat"] = now,
            ["ori"] = now,
            ["exp"] = now + 3600,
        };
        var signed = $"{Encoded("""{"alg":"HS256","typ":"JWT"}""")}.{Encoded(claims.ToJsonString())}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
