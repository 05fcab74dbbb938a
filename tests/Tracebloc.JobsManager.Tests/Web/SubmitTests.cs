using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Web;

public sealed class SubmitTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_makes_one_row_and_one_Job()
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            $$"""{"job_name":"ingest-job-{{Some.Key().Hash}}","namespace":"tracebloc","replay":false}""", answer.Text);
        Assert.Equal(1, serve.Table.Count);
        var job = serve.Api.Get($"job/ingest-job-{Some.Key().Hash}");
        Assert.Equal("run-7", (string?)job["metadata"]!["labels"]!["tracebloc.io/ingestion-run"]);
        Assert.Equal(
            ServeFixture.Specification,
            (string?)serve.Api.Get($"configmap/ingest-config-{Some.Key().Hash}")["data"]!["ingest.yaml"]);
        Assert.Contains(
            "Information: Submission run-7 of table houses_train by tracebloc/ingestor: created", serve.Log.Lines);
    }

    [Fact]
    public async Task The_same_submission_again_is_a_replay()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(), Token);

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal((200, true), (answer.Status, (bool)answer.Json["replay"]!));
        Assert.Equal("accepted", (string?)answer.Json["state"]);
        Assert.Equal((1, 1), (serve.Table.Count, serve.Api.List("jobs").Count));
        Assert.Single(
            serve.Table.Sent, text => text.StartsWith("REPLACE INTO ingestion_replays", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("failed", "row 7 is wrong")]
    [InlineData("cancelled", null)]
    public async Task A_replay_of_a_run_that_is_over_has_its_end(string state, string? error)
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(), Token);
        await serve.Table.EndAsync(Some.Key(), error, Token);

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal(200, answer.Status);
        Assert.Equal((state, error), ((string?)answer.Json["state"], (string?)answer.Json["error"]));
        Assert.Equal(error is not null, answer.Json.AsObject().ContainsKey("error"));
    }

    [Theory]
    [InlineData("specification")]
    [InlineData("image_digest")]
    [InlineData("parallelism")]
    [InlineData("overwrite")]
    public async Task The_same_key_with_other_content_is_a_conflict(string changed)
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(), Token);

        var body = ServeFixture.Body(
            specification: ServeFixture.Specification + (changed == "specification" ? "\n# more" : ""),
            digest: changed == "image_digest" ? Digest : null,
            parallelism: changed == "parallelism" ? 2 : null);
        if (changed == "overwrite") body["overwrite"] = true;

        var answer = await serve.SubmitAsync(body, Token);

        Assert.Equal(409, answer.Status);
        Assert.DoesNotContain("houses_train", answer.Detail);
        Assert.Equal(1, serve.Table.Count);
    }

    [Theory]
    [InlineData(null, "The request has no bearer token")]
    [InlineData("forged", "The token is not valid here")]
    [InlineData("with blank", "The token is not valid here")]
    public async Task A_caller_without_a_valid_token_is_unauthorized(string? bearer, string detail)
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SendAsync(
            "POST", ServeFixture.Path, ServeFixture.Body().ToJsonString(), bearer, Token);

        Assert.Equal(401, answer.Status);
        Assert.StartsWith(detail, answer.Detail);
    }

    [Fact]
    public async Task A_token_of_a_person_is_unauthorized()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Api.AddToken("of-a-person", "jane");

        Assert.Equal(401, (await serve.SendAsync("GET", ServeFixture.Runs, null, "of-a-person", Token)).Status);
    }

    [Fact]
    public async Task A_caller_without_the_prefix_learns_which_it_may_write()
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SendAsync(
            "POST", ServeFixture.Path, ServeFixture.Body().ToJsonString(), serve.OtherToken.Value, Token);

        Assert.Equal(
            (403, "Service account other/reader may not write table houses_train; it may write tables that begin with "
                + "cars_"),
            (answer.Status, answer.Detail));
        Assert.Equal(0, serve.Table.Count);
    }

    [Fact]
    public async Task A_wrong_specification_is_answered_with_every_error()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        var wrong = ServeFixture.Specification
            .Replace("intent: train", "intent: trian", StringComparison.Ordinal)
            .Replace("kind: IngestConfig", "kind: Job", StringComparison.Ordinal);

        var answer = await serve.SubmitAsync(ServeFixture.Body(specification: wrong), Token);

        Assert.Equal(422, answer.Status);
        Assert.StartsWith("The specification has 2 errors: ingest.yaml:2: kind: ", answer.Detail);
        Assert.Equal(
            [("kind", 2), ("intent", 5)],
            answer.Json["errors"]!.AsArray().Select(each => ((string?)each!["path"] ?? "", (int)each["line"]!)));
    }

    [Theory]
    [InlineData("{", "The body is not a JSON object in UTF-8")]
    [InlineData("[]", "The body is not a JSON object")]
    [InlineData("""{"idempotency_key": "a"}""", "ingest_config is missing")]
    [InlineData("""{"ingest_config": 7, "idempotency_key": "a"}""", "ingest_config must be text")]
    [InlineData("""{"ingest_config": "x", "idempotency_key": "a/b"}""", "idempotency_key must be 1 to 64")]
    [InlineData("""{"ingest_config": "x", "idempotency_key": "a", "x": 1}""", "x is not a member of a submission")]
    public async Task A_malformed_body_is_answered_with_the_member(string body, string detail)
    {
        await using var serve = await ServeFixture.StartAsync(Token);

        var answer = await serve.SendAsync("POST", ServeFixture.Path, body, serve.Token.Value, Token);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith(detail, answer.Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_more_than_a_mebibyte_is_too_large(bool isAnnounced)
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        var body = ServeFixture.Body(specification: new string('#', 1024 * 1024)).ToJsonString();

        var answer = await serve.SendAsync(
            "POST", ServeFixture.Path, body, serve.Token.Value, Token, isChunked: !isAnnounced);

        Assert.Equal(
            (413, "The body is larger than 1024 KiB; shorten the ingest.yaml"), (answer.Status, answer.Detail));
    }

    [Fact]
    public async Task Without_a_digest_and_a_tag_a_submission_waits_for_image_refresh()
    {
        await using var serve = await new ServeFixture { ImageTag = null }.StartedAsync(Token);

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);
        var pinned = await serve.SubmitAsync(ServeFixture.Body("run-8", digest: Digest), Token);

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (answer.Status, answer.RetryAfter));
        Assert.StartsWith("The digest of the ingestor's image is not known yet", answer.Detail);
        Assert.Equal(201, pinned.Status);
    }

    [Fact]
    public async Task Shards_need_indexed_Jobs()
    {
        await using var old = await new ServeFixture { Version = FakeServerVersion.Old }.StartedAsync(Token);
        await using var current = await ServeFixture.StartAsync(Token);
        var body = ServeFixture.Body(parallelism: 4);

        var refused = await old.SubmitAsync(body, Token);

        Assert.Equal((422, "parallelism"), (refused.Status, (string?)refused.Json["errors"]![0]!["path"]));
        Assert.Contains("Kubernetes 1.20 has no indexed Jobs", refused.Detail);
        Assert.Equal(0, old.Table.Count);
        Assert.Equal(201, (await current.SubmitAsync(body, Token)).Status);
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_made()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Table.IsAway = true;

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);
        serve.Table.IsAway = false;

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (answer.Status, answer.RetryAfter));
        Assert.Equal("The database gives no answer; submit again with the same key", answer.Detail);
        Assert.Equal(0, serve.Api.Count("create", "jobs"));
    }

    [Fact]
    public async Task A_row_without_its_Job_is_a_replay_later_and_the_follower_makes_the_Job()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Api.Fail("create", "jobs", FakeFault.Status(503, "ServiceUnavailable"));

        var refused = await serve.SubmitAsync(ServeFixture.Body(), Token);
        var again = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal((503, 200), (refused.Status, again.Status));
        await serve.Api.WaitForCallAsync(call => call is { Verb: "create", Resource: "jobs", Status: 201 }, Token);
        Assert.Equal((1, 1), (serve.Table.Count, serve.Api.List("jobs").Count));
    }

    [Fact]
    public async Task A_Job_of_another_owner_under_the_name_of_the_run_is_a_conflict()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        serve.Api.Add(new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = $"ingest-job-{Some.Key().Hash}" },
            ["spec"] = JsonNode.Parse(
                """{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"b"}]}}}"""),
        });

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal(409, answer.Status);
        Assert.Contains("belongs to something else", answer.Detail);
        Assert.Equal(
            "failed", (string?)(await serve.SendAsync("GET", $"{ServeFixture.Runs}/run-7", Token)).Json["state"]);
    }

    [Fact]
    public async Task The_text_of_a_data_set_is_never_logged()
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        await serve.SubmitAsync(ServeFixture.Body(specification: "secret_of_the_text: [1"), Token);
        await serve.SubmitAsync(
            ServeFixture.Body(specification: $"{ServeFixture.Specification}\n# secret_of_the"), Token);

        Assert.DoesNotContain("secret_of_the", string.Join('\n', serve.Log.Lines));
    }
}
