using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.MetadataSync.Tests.Verbs;

/// <summary><c>metadata-sync run</c> on loopback, with a fake API server and a fake MySQL.</summary>
internal sealed partial class RunScene : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly FakeMySqlServer _mySql;
    private RunProgram? _program;
    private bool _isApiGone;
    private Task _running = Task.CompletedTask;

    private RunScene(FakeKubernetesApi api)
    {
        Api = api;
        _mySql = FakeMySqlServer.Start(
            statement => IsDatabaseAway ? new FakeSqlReply.Cut()
                : statement == "SELECT 1" ? FakeSqlReply.Row("1") : null);
    }

    public FakeKubernetesApi Api { get; }

    public RecordingLogger Log { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Every statement ends its connection.</summary>
    public bool IsDatabaseAway { get; set; }

    /// <summary>The configuration with both gates open.</summary>
    public string Enabled =>
        $$"""
        metadataStorage: {enableMetadataStorage: true}
        mysql: {host: localhost, port: {{_mySql.Port}}, user: sync, password: a password, database: michelangelo}
        """;

    public static async Task<RunScene> NewAsync(CancellationToken token) =>
        new(await FakeKubernetesApi.StartAsync(cancellationToken: token));

    /// <summary>Gives the Lease to another replica for an hour.</summary>
    public void Lead(string other) => Api.Add(
        $$$"""
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
         "metadata": {"name": "metadata-sync", "namespace": "tracebloc"},
         "spec": {"holderIdentity": "{{{other}}}", "leaseDurationSeconds": 3600, "leaseTransitions": 1,
          "acquireTime": "2026-01-02T03:04:05.000000Z", "renewTime": "2026-01-02T03:04:05.000000Z"}}
        """);

    /// <summary>Starts the program, and waits until it listens.</summary>
    public async Task StartAsync(string configuration, CancellationToken token)
    {
        var options = new RunOptions(
            new CheckTarget("config.yaml", new ClusterOptions(null, null), LogLevel.Information), new ApiOptions(null))
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            LeaseName = "metadata-sync",
        };
        _program = new RunProgram(
            options,
            Settings.Some.Settings(configuration),
            new KubernetesClientConfiguration { Server = Api.Address, Token = Api.Token, Namespace = "tracebloc" },
            new ProgramContext(Time, _ => null, Log, new ResultWriter(() => Stream.Null)));
        _running = Task.Run(() => _program.RunAsync(_stop.Token), token);
        await UntilAsync(_ => Task.FromResult(Address is not null), token);
    }

    /// <summary>Ends the API server.</summary>
    public async Task EndApiAsync()
    {
        _isApiGone = true;
        await Api.DisposeAsync();
    }

    public async Task<(int Code, string Text)> GetAsync(string path, CancellationToken token)
    {
        using var answer = await _http.GetAsync(new Uri($"http://{Address}{path}"), token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(token));
    }

    /// <summary>Waits until the readiness probe has this answer, while the time goes on.</summary>
    public Task SeeReadinessAsync(int code, string text, CancellationToken token) => UntilAsync(
        async current => await GetAsync("/readyz", current) is var answer && answer.Code == code
            && answer.Text.Contains(text, StringComparison.Ordinal),
        token);

    /// <summary>Waits until a condition holds, while the time goes on.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> condition, CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async current =>
            {
                while (!await AskAsync(condition(current), current))
                {
                    current.ThrowIfCancellationRequested();
                    Time.Advance(Step);
                    await Task.Yield();
                }

                return true;
            },
            () => $"log: {string.Join('\n', Log.Lines)}");
    }

    // A call of a service that is gone ends with its deadline, and so with the time of the test.
    private async Task<bool> AskAsync(Task<bool> asked, CancellationToken token)
    {
        while (true)
            try
            {
                return await asked.WaitAsync(Patience, token);
            }
            catch (TimeoutException)
            {
                Time.Advance(Step);
            }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_program is not null) await _program.DisposeAsync();
        await _mySql.DisposeAsync();
        if (!_isApiGone) await Api.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private string? Address => Log.Lines.Select(line => Listening().Match(line))
        .FirstOrDefault(found => found.Success)?.Groups[1].Value;

    [GeneratedRegex("--listen: listening on (.+)$")]
    private static partial Regex Listening();
}
