using System.Text.Json.Nodes;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Ingestor.Submitting;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class SubmitVerbTests : IAsyncLifetime
{
    private SubmitScene _scene = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await SubmitScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_accepted_run_is_named_with_the_command_that_follows_it()
    {
        var (code, output) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Done, code);
        Assert.Equal(
            "Run houses-1 is accepted: Job ingest-job-9a3c3fdced8f in namespace tracebloc\n"
            + "Follow it: kubectl logs -f job/ingest-job-9a3c3fdced8f -n tracebloc\n",
            output);
        var request = Assert.Single(_scene.Manager.Requests);
        var body = JsonNode.Parse(request.Body)!.AsObject();
        Assert.Equal(["idempotency_key", "ingest_config"], body.Select(member => member.Key).Order());
        Assert.Equal(SubmitScene.Houses, (string)body["ingest_config"]!);
        Assert.Equal("Bearer token-1", request.Authorization);
        Assert.Equal("", _scene.Reason);
    }

    [Fact]
    public async Task Image_and_number_of_pods_are_sent_when_they_are_given()
    {
        var digest = "sha256:" + new string('a', 64);

        await _scene.SubmitAsync(_scene.Options with { ImageDigest = digest, Parallelism = 4 });

        var body = JsonNode.Parse(Assert.Single(_scene.Manager.Requests).Body)!;
        Assert.Equal((digest, 4), ((string)body["image_digest"]!, (int)body["parallelism"]!));
    }

    [Fact]
    public async Task The_same_file_again_starts_nothing()
    {
        await _scene.SubmitAsync();

        var (code, output) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Done, code);
        Assert.StartsWith("Run houses-1 was submitted before: Job ingest-job-", output);
        Assert.Contains("; nothing new was started\n", output);
        Assert.Single(_scene.Manager.Started);
    }

    [Theory]
    [InlineData("failed", "failed: row 7 is wrong")]
    [InlineData("cancelled", "was cancelled: row 7 is wrong")]
    public async Task A_run_that_was_submitted_before_and_has_not_succeeded_is_a_failure(string state, string verdict)
    {
        _scene.Manager.Answer(FakeReply.Of(
            200,
            """{"job_name":"ingest-job-1","namespace":"tracebloc","replay":true,"state":"STATE","""
                .Replace("STATE", state, StringComparison.Ordinal) + "\"error\":\"row 7 is wrong\"}"));

        var (code, output) = await _scene.SubmitAsync(_scene.Options with { Output = OutputFormat.Json });

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Equal(
            $"Run houses-1 {verdict}; it was submitted before and nothing new was started: change the file, or "
            + "submit it under another key",
            _scene.Reason);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(
            (state, "ingest-job-1", _scene.Reason),
            ((string)report["state"]!, (string)report["jobName"]!, (string)report["error"]!));
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("running")]
    public async Task A_run_that_was_submitted_before_and_is_well_is_none(string state)
    {
        _scene.Manager.Answer(FakeReply.Of(
            200,
            """{"job_name":"ingest-job-1","namespace":"tracebloc","replay":true,"state":"STATE"}"""
                .Replace("STATE", state, StringComparison.Ordinal)));

        var (code, output) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Done, code);
        Assert.StartsWith("Run houses-1 was submitted before: Job ingest-job-1", output);
    }

    [Fact]
    public async Task A_run_whose_data_set_was_deleted_is_reported_as_such()
    {
        _scene.Manager.Answer(FakeReply.Of(
            200,
            """{"job_name":"ingest-job-1","namespace":"tracebloc","replay":true,"state":"succeeded","""
                + "\"deleted_at\":\"2026-11-30T05:00:00Z\"}"));

        var (code, output) = await _scene.SubmitAsync();

        Assert.Equal(
            (IngestorExit.Done,
                "Run houses-1 was submitted before, and its data set was deleted at 2026-11-30T05:00:00Z; nothing new "
                + "was started: submit it under another key to load it again\n"),
            (code, output));
    }

    [Fact]
    public async Task Without_a_key_the_run_follows_the_file()
    {
        var options = _scene.Options with { Key = null };
        await _scene.SubmitAsync(options);
        await _scene.SubmitAsync(options);
        await File.AppendAllTextAsync(_scene.File, "# changed\n", Cancelled);
        await _scene.SubmitAsync(options);
        await _scene.SubmitAsync(options with { Parallelism = 2 });

        Assert.Equal(3, _scene.Manager.Started.Count);
        Assert.Contains(SubmitKey.Of("", SubmitScene.Houses, null, null), _scene.Manager.Started);
    }

    [Fact]
    public async Task A_file_with_errors_is_not_sent_and_all_of_them_are_the_reason()
    {
        await File.WriteAllTextAsync(
            _scene.File, SubmitScene.Houses.Replace("INT", "INTT").Replace("train\ncsv", "learn\ncsv"), Cancelled);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => _scene.SubmitAsync());

        Assert.Equal(IngestorExit.Usage, Fault.ExitCodeOf(error));
        Assert.Equal(2, error.Errors.Count);
        Assert.Equal(error.Message, _scene.Reason);
        Assert.Empty(_scene.Manager.Requests);
    }

    [Theory]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(409, 3)]
    [InlineData(413, 3)]
    [InlineData(500, 1)]
    public async Task A_rejection_is_its_own_exit_code_with_the_server_s_words(int status, int exit)
    {
        _scene.Manager.Answer(
            FakeReply.Of(status, """{"detail":"you may write tables \"demo_*\" only"}"""), times: 2);

        var (code, output) = await _scene.SubmitAsync();

        Assert.Equal((exit, ""), (code, output));
        var line = $"jobs-manager rejected the run ({status}): you may write tables \"demo_*\" only";
        Assert.Equal($"Error: {line}", Assert.Single(_scene.Logger.Lines));
        Assert.Equal(line, _scene.Reason);
    }

    [Fact]
    public async Task The_server_s_errors_are_lines_of_the_file()
    {
        _scene.Manager.Answer(FakeReply.Of(
            422,
            """
            {"detail":"the file has 2 errors","errors":[
             {"path":"schema.rooms","line":8,"message":"\"INT\" is new"},{"path":"","line":0,"message":"x\u001b[31m"}]}
            """));

        var (code, output) = await _scene.SubmitAsync(_scene.Options with { Output = OutputFormat.Json });

        Assert.Equal(IngestorExit.Rejected, code);
        string[] lines =
        [
            "jobs-manager rejected the run (422): the file has 2 errors",
            $"{_scene.File}:8: schema.rooms: \"INT\" is new",
            $"{_scene.File}: x\\u001b[31m",
        ];
        Assert.Equal(lines.Select(line => $"Error: {line}"), _scene.Logger.Lines);
        Assert.Equal(string.Join('\n', lines), _scene.Reason);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(lines[0], (string)report["error"]!);
        var first = report["errors"]![0]!;
        Assert.Equal((8, "schema.rooms"), ((int)first["line"]!, (string)first["path"]!));
    }

    [Theory]
    [InlineData("<html>maintenance</html>", "<html>maintenance</html>")]
    [InlineData("", "no reason given")]
    [InlineData("[]", "[]")]
    [InlineData("{\"errors\":[null]}", "{\"errors\":[null]}")]
    public async Task An_answer_without_a_detail_is_shown_as_it_is(string body, string shown)
    {
        _scene.Manager.Answer(FakeReply.Of(400, body));

        await _scene.SubmitAsync();

        Assert.Equal($"jobs-manager rejected the run (400): {shown}", _scene.Reason);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        _scene.Manager.Answer(FakeReply.Redirect(307, other.Address.ToString()));

        var (code, _) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Rejected, code);
        Assert.Contains("a redirect, which is not followed", _scene.Reason);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("it is done")]
    [InlineData("""{"job_name":null,"namespace":"tracebloc","replay":false}""")]
    public async Task A_success_without_a_job_is_a_failure(string body)
    {
        _scene.Manager.Answer(FakeReply.Of(201, body));

        var (code, _) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Failed, code);
        Assert.StartsWith("jobs-manager answered 201 without the name of a Job", _scene.Reason);
    }

    [Fact]
    public async Task A_renewed_token_is_read_when_the_first_is_rejected()
    {
        _scene.Manager.Answer(_ =>
        {
            File.WriteAllText(_scene.TokenFile, _scene.Manager.Token = "token-2");
            return FakeReply.Of(401, """{"detail":"expired"}""");
        });

        var (code, _) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Done, code);
        Assert.Equal(
            ["Bearer token-1", "Bearer token-2"], _scene.Manager.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_token_that_is_rejected_twice_is_the_end()
    {
        await File.WriteAllTextAsync(_scene.TokenFile, "of-another-cluster", Cancelled);

        var (code, _) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Rejected, code);
        Assert.Equal("jobs-manager rejected the run (401): the token was not accepted", _scene.Reason);
        Assert.Equal(2, _scene.Manager.Requests.Count);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "holds no token")]
    [InlineData("to ken", "holds no token")]
    public async Task A_token_file_without_a_token_is_named(string? content, string fault)
    {
        File.Delete(_scene.TokenFile);
        if (content is not null) await File.WriteAllTextAsync(_scene.TokenFile, content, Cancelled);

        var (code, _) = await _scene.SubmitAsync();

        Assert.Equal(IngestorExit.Usage, code);
        Assert.StartsWith($"Token file {_scene.TokenFile} {fault}", _scene.Reason);
        Assert.Empty(_scene.Manager.Requests);
    }

    [Fact]
    public async Task No_message_repeats_the_token()
    {
        var token = Canary.New("token");
        await File.WriteAllTextAsync(_scene.TokenFile, token.Value, Cancelled);
        _scene.Manager.Answer(FakeReply.Of(403, $$"""{"detail":"you sent {{token.Value}}"}"""));

        var (_, output) = await _scene.SubmitAsync(_scene.Options with { Output = OutputFormat.Json });

        new LeakScan(token)
            .Look("the reason", _scene.Reason)
            .Look("the log", string.Concat(_scene.Logger.Lines))
            .Look("the output", output)
            .AssertNone();
    }

    [Theory]
    [InlineData("a\\/b\\/c+d==")]
    [InlineData("a/b/c\\u002Bd==")]
    public async Task No_message_repeats_the_token_as_a_server_escapes_it(string escaped)
    {
        await File.WriteAllTextAsync(_scene.TokenFile, "a/b/c+d==", Cancelled);
        _scene.Manager.Answer(FakeReply.Of(403, $$"""{"detail":"you sent {{escaped}}"}"""));

        await _scene.SubmitAsync();

        Assert.Contains("you sent (secret)", _scene.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_reason_is_cut_to_what_kubernetes_keeps()
    {
        _scene.Manager.Answer(FakeReply.Of(403, $$"""{"detail":"{{new string('ä', 5_000)}}"}"""));

        await _scene.SubmitAsync();

        Assert.InRange(new FileInfo(_scene.TerminationLog).Length, 4_095, 4_096);
        Assert.EndsWith("ää", _scene.Reason);
    }

    [Fact]
    public async Task Programs_get_the_run_as_json()
    {
        var (_, output) = await _scene.SubmitAsync(_scene.Options with { Output = OutputFormat.Json });

        var report = JsonNode.Parse(output)!;
        Assert.Equal(
            ("IngestSubmission", "houses-1", "ingest-job-9a3c3fdced8f", "tracebloc", false),
            ((string)report["kind"]!, (string)report["key"]!, (string)report["jobName"]!,
                (string)report["namespace"]!, (bool)report["replay"]!));
        Assert.Empty(report["errors"]!.AsArray());
    }
}
