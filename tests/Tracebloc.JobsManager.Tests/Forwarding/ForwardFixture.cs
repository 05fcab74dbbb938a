using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Forwarding;
using Tracebloc.JobsManager.Settings;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Testing;
using Tracebloc.Testing.Backend;
using Tracebloc.Testing.Registry;

namespace Tracebloc.JobsManager.Tests.Forwarding;

/// <summary>requests-proxy on loopback before a backend, and a run with a token for table <c>houses</c>.</summary>
internal sealed class ForwardFixture : IAsyncDisposable
{
    public const string Batch = "/global_meta/houses/";

    /// <summary>The id that follows from key and table of the run.</summary>
    public const string IngestorId = "cf65d34d-c426-84f8-bb84-31b2ae750dc9";

    public const string EdgeLabels =
        $"/global_meta/generate-edge-labels-meta/?table_name=houses&injestor_id={IngestorId}&data_intent=train";
    public const string Preparation =
        $"/global_meta/prepare/?category=tabular_classification&injestor_id={IngestorId}&data_format=tabular"
        + "&data_intent=train";
    public const string Dataset =
        $$"""{"title":"tabular_classification_{{IngestorId}}","allow_feature_modification":false}""";

    private const string Key = "run-key-1";

    private readonly HttpClient _client = new();
    private readonly ForwardSettings _settings;
    private readonly RunToken _tokens;

    private ForwardFixture(FakeBackend backend, Uri? address, string? authorities)
    {
        Backend = backend;
        Backend.Account = ("client-7", Password.Value);
        _settings = new ForwardSettings
        {
            ClientId = "client-7",
            ClientPassword = new Secret(Password.Value),
            Backend = address ?? backend.Address,
            BackendAuthorities = authorities,
            SigningKey = new Secret(SigningKey.Value),
            TokenLife = TimeSpan.FromHours(1),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            LogLevel = LogLevel.Information,
        };
        _tokens = new RunToken(_settings.SigningKey, Time);
        Token = TokenFor("houses");
    }

    public FakeBackend Backend { get; }

    public ForwardServer Server { get; private set; } = null!;

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public Canary Password { get; } = Canary.New("password");

    public Canary SigningKey { get; } = Canary.New("signing-key");

    /// <summary>The token of a run that loads training data into <c>houses</c>.</summary>
    public string Token { get; }

    /// <summary>The requests that reached the backend, without logins.</summary>
    public IReadOnlyList<FakeRequest> Calls =>
        [.. Backend.Requests.Where(request => request.Path != "/api-token-auth/")];

    public int Logins => Backend.Requests.Count(request => request.Path == "/api-token-auth/");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="address">The backend's address; null: that of the fake.</param>
    /// <param name="certificate">The backend's certificate; null: it has no TLS.</param>
    /// <param name="authorities">The proxy's file of authorities.</param>
    public static async Task<ForwardFixture> StartAsync(
        Uri? address = null, X509Certificate2? certificate = null, string? authorities = null)
    {
        var backend = await FakeBackend.StartAsync(new() { Http2 = false, Certificate = certificate }, Cancelled);
        var fixture = new ForwardFixture(backend, address, authorities);
        var program = new ProgramContext(fixture.Time, _ => null, fixture.Logger, new ResultWriter(() => Stream.Null));
        fixture.Server = await ForwardServer.StartAsync(fixture._settings, new Deadlines(), program, Cancelled);
        await fixture.TriedLoginAsync();
        return fixture;
    }

    public string TokenFor(string table, string key = Key) => _tokens.Mint(new RunClaims(
        key, table, "train", Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromHours(1))).Reveal();

    public static string Row(string id, string intent = "train", string ingestorId = IngestorId) =>
        $$"""
        {"data_id":"{{id}}","data_intent":"{{intent}}","label":"3.5","is_sample":false,"injestor_id":"{{ingestorId}}"}
        """;

    public static string Rows(params IEnumerable<string> ids) => $"[{string.Join(',', ids.Select(id => Row(id)))}]";

    /// <summary>Makes a call as the ingestor does.</summary>
    public async Task<Answer> SendAsync(string method, string target, string? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"http://{Server.Address}{target}");
        request.Headers.Add("Authorization", $"TOKEN {token ?? Token}");
        request.Headers.Add("User-Agent", "tracebloc-ingestor");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, Cancelled);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(Cancelled),
            (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    // The start has begun a login, which a test that moves the clock at once would take past its deadline.
    private async Task TriedLoginAsync()
    {
        using var bound = new Bound(Bound.OfWaits, Cancelled);
        await bound.KeepAsync(
            async token =>
            {
                while (!Logger.Lines.Any(IsOfLogin))
                {
                    token.ThrowIfCancellationRequested();
                    await Task.Yield();
                }

                return true;
            },
            () => string.Join('\n', Logger.Lines));
    }

    private static bool IsOfLogin(string line) => line == "Information: Login at the backend succeeded"
        || line.StartsWith("Error: Calls of runs are refused: ", StringComparison.Ordinal);

    /// <summary>Sends bytes as they are and reads until the server closes the connection.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="reply">The text that is to come before the rest is sent; empty: none.</param>
    /// <param name="rest">The bytes after it.</param>
    public async Task<string> RawAsync(string text, string reply = "", string rest = "")
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Server.Address, Cancelled);
        await using var stream = new NetworkStream(socket);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancelled);
            var first = new byte[reply.Length];
            await stream.ReadExactlyAsync(first, Cancelled);
            Assert.Equal(reply, Encoding.Latin1.GetString(first));
            await stream.WriteAsync(Encoding.Latin1.GetBytes(rest), Cancelled);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(Cancelled);
        }
        catch (IOException)
        {
            return "reset";
        }
    }

    /// <summary>Moves the clock over each pause between two attempts until the work has ended.</summary>
    public async Task<T> SkippingPausesAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            var timer = Time.WaitForTimerAsync(due => due <= TimeSpan.FromSeconds(1), Cancelled);
            if (await Task.WhenAny(work, timer) == timer) Time.Advance(await timer);
        }

        return await work;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
        new LeakScan(Password, SigningKey).Look("the log", string.Join('\n', Logger.Lines)).AssertNone();
        Assert.DoesNotContain(Logger.Lines, line => line.Contains(Backend.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Logger.Lines, line => line.Contains(Token, StringComparison.Ordinal));
        await Backend.DisposeAsync();
    }
}

internal sealed record Answer(int Status, string Text, int? RetryAfter);
