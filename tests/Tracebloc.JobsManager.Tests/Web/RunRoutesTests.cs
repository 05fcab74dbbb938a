using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Web;

public sealed class RunRoutesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_shown_whole()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        var run = RunChanges.Succeeded(Some.Run(), """{"rows":3}""", Some.Time.AddMinutes(2));
        run = run with { Request = run.Request with { Table = "houses_train" } };
        await serve.Table.Store.TryAddAsync(run, Token);

        var answer = await serve.SendAsync("GET", $"{ServeFixture.Runs}/run-7", Token);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            $$$"""
            {"idempotency_key":"run-7","table":"houses_train","intent":"train","category":"tabular_regression",
            "state":"succeeded","undo":"none","job_name":"{{{run.JobName}}}","namespace":"tracebloc",
            "image":"{{{run.Image}}}","parallelism":1,"accepted_at":"2026-01-02T03:04:05+00:00",
            "started_at":"2026-01-02T03:06:05+00:00","ended_at":"2026-01-02T03:06:05+00:00","summary":{"rows":3},
            "error":null,"deleted_at":null}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task A_caller_sees_the_runs_of_tables_that_it_may_write()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        foreach (var table in new[] { "houses_a", "houses_b", "cars_a" })
            await AddAsync(serve, Some.Run(table), table);

        Assert.Equal(["houses_a", "houses_b"], await TablesAsync(serve, "", serve.Token.Value));
        Assert.Equal(["houses_b"], await TablesAsync(serve, "?table=houses_b", serve.Token.Value));
        Assert.Equal(["cars_a"], await TablesAsync(serve, "", serve.OtherToken.Value));
        Assert.Equal(403, (await serve.SendAsync("GET", $"{ServeFixture.Runs}?table=cars_a", Token)).Status);
        Assert.Equal(400, (await serve.SendAsync("GET", $"{ServeFixture.Runs}?tabel=cars_a", Token)).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_run_of_another_table_is_as_unknown_as_none(string method)
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await AddAsync(serve, Some.Run("run-8"), "cars_a");

        var hidden = await serve.SendAsync(method, $"{ServeFixture.Runs}/run-8", Token);
        var absent = await serve.SendAsync(method, $"{ServeFixture.Runs}/run-9", Token);

        Assert.Equal((404, 404, absent.Text), (hidden.Status, absent.Status, hidden.Text));
    }

    [Fact]
    public async Task A_cancelled_run_loses_its_Job()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(), Token);

        var answer = await serve.SendAsync("DELETE", $"{ServeFixture.Runs}/run-7", Token);
        var again = await serve.SendAsync("DELETE", $"{ServeFixture.Runs}/run-7", Token);

        Assert.Equal((202, 202), (answer.Status, again.Status));
        Assert.Equal(("cancelled", "wanted"), ((string?)answer.Json["state"], (string?)answer.Json["undo"]));
        await serve.Api.WaitForCallAsync(call => call is { Verb: "delete", Resource: "jobs", Status: 200 }, Token);
        Assert.Contains(
            "Information: Cancellation of run-7 of table houses_train by tracebloc/ingestor: accepted",
            serve.Log.Lines);
    }

    [Fact]
    public async Task A_run_that_has_succeeded_is_not_cancelled()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await AddAsync(serve, RunChanges.Succeeded(Some.Run(), "{}", Some.Time), "houses_a");

        var answer = await serve.SendAsync("DELETE", $"{ServeFixture.Runs}/run-7", Token);

        Assert.Equal(409, answer.Status);
    }

    [Theory]
    [InlineData("GET", "/", 404, "")]
    [InlineData("GET", "/internal/ingestion-runs/", 404, "")]
    [InlineData("GET", "/internal/ingestion-runs/a/b", 404, "")]
    [InlineData("GET", "/internal/ingestion-runs/a%2fb", 404, "")]
    [InlineData("GET", "/internal/submit-ingestion-run/", 404, "")]
    [InlineData("GET", "/internal/submit-ingestion-run", 405, "POST")]
    [InlineData("PUT", "/internal/ingestion-runs/a", 405, "GET, DELETE")]
    [InlineData("POST", "/healthz", 405, "GET")]
    public async Task Every_other_call_has_an_answer_in_the_same_form(
        string method, string path, int status, string allow)
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SendAsync(method, path, Token);

        Assert.Equal((status, allow), (answer.Status, answer.Allow));
        Assert.NotEqual("", answer.Detail);
    }

    [Fact]
    public async Task An_API_server_that_is_away_is_no_reason_to_call_a_token_invalid()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Api.Fail("create", "tokenreviews", FakeFault.Status(503, "ServiceUnavailable"), times: 3);

        var answer = await serve.SendAsync("GET", ServeFixture.Runs, Token);

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (answer.Status, answer.RetryAfter));
        Assert.Equal("The API server gives no answer; ask again later", answer.Detail);
    }

    [Fact]
    public async Task A_request_has_a_deadline()
    {
        var deadlines = new Deadlines { Request = TimeSpan.FromMilliseconds(200) };
        await using var serve = await new ServeFixture { Deadlines = deadlines }.StartedAsync(Token);
        var never = new TaskCompletionSource();
        serve.Api.Fail("create", "tokenreviews", FakeFault.Until(never.Task));

        var answer = await serve.SendAsync("GET", ServeFixture.Runs, Token);

        Assert.Equal(503, answer.Status);
        Assert.StartsWith("The request took longer than", answer.Detail);
    }

    [Fact]
    public async Task A_changed_policy_counts_from_the_next_request_on()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.WritePolicy("allowed: []");

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal(403, answer.Status);
        Assert.Contains("it may write no table", answer.Detail);
    }

    private static async Task AddAsync(ServeFixture serve, IngestionRun run, string table) => Assert.True(
        await serve.Table.Store.TryAddAsync(run with { Request = run.Request with { Table = table } }, Token));

    private static async Task<IReadOnlyList<string>> TablesAsync(ServeFixture serve, string query, string bearer)
    {
        var answer = await serve.SendAsync("GET", $"{ServeFixture.Runs}{query}", null, bearer, Token);
        return [.. answer.Json["runs"]!.AsArray().Select(run => (string?)run!["table"] ?? "").Order()];
    }
}
