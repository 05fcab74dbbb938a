using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Web;

public sealed class ProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probes_need_no_token()
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var alive = await serve.SendAsync("GET", "/healthz", null, null, Token);
        var ready = await serve.SendAsync("GET", "/readyz", null, null, Token);

        Assert.Equal((200, """{"status":"ok"}"""), (alive.Status, alive.Text));
        Assert.Equal((200, """{"status":"ready"}"""), (ready.Status, ready.Text));
    }

    [Fact]
    public async Task A_program_without_its_database_is_alive_and_not_ready()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Table.IsAway = true;

        var alive = await serve.SendAsync("GET", "/healthz", null, null, Token);
        var ready = await serve.SendAsync("GET", "/readyz", null, null, Token);
        serve.Table.IsAway = false;

        Assert.Equal((200, 503), (alive.Status, ready.Status));
        Assert.Equal("The database gives no answer", ready.Detail);
    }

    [Fact]
    public async Task The_version_names_the_schema_and_the_categories()
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SendAsync("GET", "/v1/version", null, null, Token);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("2.", (string?)answer.Json["version"]);
        Assert.Equal(
            $$"""[{"name":"ingest.v1","digest":"sha256:{{IngestSchema.Sha256}}"}]""",
            answer.Json["schemas"]!.ToJsonString());
        Assert.Equal(
            Categories.All.Select(each => each.Name),
            answer.Json["categories"]!.AsArray().Select(each => (string?)each));
        Assert.Equal(
            """["replay_state","datasets","delete_datasets","overwrite"]""",
            answer.Json["features"]!.ToJsonString());
    }

    [Fact]
    public async Task The_metrics_count_answers_and_runs()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(), Token);
        await serve.SendAsync("GET", "/nowhere/of/a/caller", null, null, Token);
        serve.WritePolicy("allowed: 7");

        var answer = await serve.SendAsync("GET", "/metrics", null, null, Token);

        const string Of = "tracebloc_jobs_manager_", Answers = $"{Of}requests_total";
        Assert.Contains(
            $$"""{{Answers}}{namespace="tracebloc",endpoint="POST /internal/submit-ingestion-run",status="201"} 1""",
            answer.Text);
        Assert.Contains($$"""{{Answers}}{namespace="tracebloc",endpoint="other",status="404"} 1""", answer.Text);
        Assert.Contains($$"""{{Of}}runs{namespace="tracebloc",state="accepted"} 1""", answer.Text);
        Assert.Contains($$"""{{Of}}policy_current{namespace="tracebloc"} 0""", answer.Text);
        Assert.Contains($$"""{{Of}}policy_rules{namespace="tracebloc"} 2""", answer.Text);
        Assert.Contains($$"""{{Of}}last_reconciliation_timestamp_seconds{namespace="tracebloc"} """, answer.Text);
        Assert.DoesNotContain("nowhere", answer.Text);
    }

    [Fact]
    public async Task The_metrics_count_what_is_to_be_removed_or_could_not_be()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        var failed = RunChanges.Failed(Some.Run(), "disk full", isUndone: false, Some.Time);
        await serve.Table.Store.TryAddAsync(RunChanges.NotUndone(failed, "no image"), Token);
        serve.Table.Deletions.AddBehind(Deletion("0123456789ab") with { State = DeletionState.Failed });
        serve.Table.Deletions.AddBehind(Deletion("123456789abc") with { Table = "flats" });

        var answer = await serve.SendAsync("GET", "/metrics", null, null, Token);

        const string Of = "tracebloc_jobs_manager_", Ns = "namespace=\"tracebloc\"";
        foreach (var (state, undos, deletions) in ((string, int, int)[])[("wanted", 0, 1), ("failed", 1, 1)])
        {
            Assert.Contains($"{Of}undos{{{Ns},state=\"{state}\"}} {undos}", answer.Text);
            Assert.Contains($"{Of}deletions{{{Ns},state=\"{state}\"}} {deletions}", answer.Text);
        }

        Assert.DoesNotContain("state=\"done\"", answer.Text);
    }

    private static DatasetDeletion Deletion(string id) => new()
    {
        Id = id,
        Table = "houses",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ingestor",
        RequestedAt = Some.Time,
    };
}
