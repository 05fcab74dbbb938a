using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>docs/protocol.md: its exchanges are those of the published programs.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ProtocolPageTests(RealCluster cluster, RealDatabases databases)
    : IClassFixture<RealCluster>, IDisposable
{
    private const string Submit = "/internal/submit-ingestion-run", Datasets = "/internal/datasets";

    private const string Key = "houses-1", Other = "houses-2";

    private readonly HttpClient _client = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_documented_exchanges_with_jobs_manager_are_real_ones()
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[ServerKind.MySql], Cancelled);

        await VerifyAsync("unauthorized", scene, HttpMethod.Get, ServeScene.Runs, isAnonymous: true);
        await VerifySubmissionAsync("submit", scene, Submission(Key));
        await VerifySubmissionAsync("replay", scene, Submission(Key));
        await VerifySubmissionAsync("conflict", scene, Submission(Key, parallelism: 2));
        await VerifySubmissionAsync("invalid", scene, Submission(Other, ServeScene.Specification()
            .Replace("kind: IngestConfig", "kind: Job", StringComparison.Ordinal)
            .Replace("intent: train", "intent: trian", StringComparison.Ordinal)));
        await VerifySubmissionAsync("forbidden", scene, Submission("cars-1", ServeScene.Specification("cars_train")));
        await SucceedAsync(scene);
        await VerifyAsync("show", scene, HttpMethod.Get, $"{ServeScene.Runs}/{Key}");
        Assert.Equal(201, (await scene.SubmitAsync(Other, Cancelled)).Status);
        await VerifyAsync("cancel", scene, HttpMethod.Delete, $"{ServeScene.Runs}/{Other}");
        await VerifyAsync("version", scene, HttpMethod.Get, "/v1/version", isAnonymous: true);
    }

    [Fact]
    public async Task The_documented_exchanges_on_data_sets_are_real_ones()
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[ServerKind.MySql], Cancelled);
        await ShownDataset.AddAsync(scene, Cancelled);
        const string One = $"{Datasets}/{ShownDataset.Table}";

        await VerifyAsync("datasets", scene, HttpMethod.Get, Datasets);
        await VerifyAsync("dataset", scene, HttpMethod.Get, One);
        await VerifyAsync("dry-run", scene, HttpMethod.Delete, $"{One}?dry_run=true");
        await VerifyAsync("delete", scene, HttpMethod.Delete, One);
        var deleted = await scene.SendAsync(HttpMethod.Get, One, scene.Token, Cancelled);
        Assert.Equal("deleting", $"{deleted.Body["state"]}");
        await ShownDataset.RemoveAsync(scene, Cancelled);
    }

    [Fact]
    public async Task The_documented_renewal_of_a_token_is_a_real_one()
    {
        await using var scene = await ForwardScene.StartAsync(Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Address, "/api-token-auth/"));
        request.Headers.Authorization = new AuthenticationHeaderValue("TOKEN", scene.TokenOf(Key, "houses_train"));
        request.Content = ShownExchange.Json(new JsonObject());

        await VerifyAsync("renewed", request);

        Assert.Empty(scene.Backend.Unexpected);
        // The proxy's own login, not the pod's.
        Assert.All(scene.Backend.Requests, login => Assert.Null(login.Authorization));
    }

    public void Dispose() => _client.Dispose();

    private static JsonObject Submission(string key, string? specification = null, int? parallelism = null)
    {
        var body = new JsonObject
        {
            ["ingest_config"] = specification ?? ServeScene.Specification(),
            ["idempotency_key"] = key,
        };
        if (parallelism is not null) body["parallelism"] = parallelism;
        return body;
    }

    private Task VerifySubmissionAsync(string part, ServeScene scene, JsonObject body) =>
        VerifyAsync(part, scene, HttpMethod.Post, Submit, body);

    private async Task VerifyAsync(
        string part, ServeScene scene, HttpMethod method, string path, JsonObject? body = null,
        bool isAnonymous = false)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{scene.Port}{path}"));
        if (!isAnonymous) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Token);
        if (body is not null) request.Content = ShownExchange.Json(body);
        await VerifyAsync(part, request);
    }

    private async Task VerifyAsync(string part, HttpRequestMessage request) => MarkedPage.Protocol.VerifyBlock(
        part, await ShownExchange.MakeAsync(_client, request, cluster.Namespace, Cancelled), "http");

    /// <summary>The pod of the run ends with a summary, and jobs-manager sees it.</summary>
    private async Task SucceedAsync(ServeScene scene)
    {
        var job = RunKey.TryParse(Key, out var key) ? $"ingest-job-{key.Hash}" : "";
        var summary = new IngestSummary
        {
            IngestorId = IngestorId.Of(Key, "houses_train"),
            RunKey = Key,
            Table = "houses_train",
            Category = "tabular_regression",
            Intent = "train",
            Found = 120,
            Inserted = 120,
            Sent = 120,
            Bins = 10,
            Elapsed = TimeSpan.FromSeconds(0.25),
        };
        using var api = await cluster.OpenAsync();
        await new PlayedPods(api, cluster).EndAsync(job, 0, new RunEnd { Summary = summary.Json() }.Json(), Cancelled);
        using var bound = new Bound(Bound.OfWaits, Cancelled);
        var last = "";
        await bound.KeepAsync(
            async token =>
            {
                while (!last.Contains("\"succeeded\"", StringComparison.Ordinal))
                    last = $"{(await scene.SendAsync(
                        HttpMethod.Get, $"{ServeScene.Runs}/{Key}", scene.Token, token)).Body}";
                return last;
            },
            () => last);
    }
}
