using Tracebloc.JobsManager.Forwarding;
using Tracebloc.Testing.Registry;

namespace Tracebloc.JobsManager.Tests.Forwarding;

public sealed class ForwardingTests : IAsyncLifetime
{
    private ForwardFixture _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task The_calls_of_a_run_reach_the_backend_with_the_client_s_own_token()
    {
        var batch = ForwardFixture.Rows("a", "b");
        const string Metadata = """{"table_name":"houses","schema":{"a":"INT"},"meta_data":{"extension":".jpg"}}""";

        Assert.Equal(new(201, """{"created":2}""", null), await _proxy.SendAsync("POST", ForwardFixture.Batch, batch));
        Assert.Equal(200, (await _proxy.SendAsync("GET", ForwardFixture.EdgeLabels)).Status);
        Assert.Equal(201, (await _proxy.SendAsync("POST", "/global_meta/global_metadata/", Metadata)).Status);
        Assert.Equal(200, (await _proxy.SendAsync("GET", ForwardFixture.Preparation)).Status);
        Assert.Equal(
            new(201, """{"id":7}""", null), await _proxy.SendAsync("POST", "/dataset/", ForwardFixture.Dataset));

        Assert.Empty(_proxy.Backend.Unexpected);
        Assert.Equal([batch, "", Metadata, "", ForwardFixture.Dataset], _proxy.Calls.Select(call => call.Body));
        Assert.Equal(
            [
                ForwardFixture.Batch, ForwardFixture.EdgeLabels, "/global_meta/global_metadata/",
                ForwardFixture.Preparation, "/dataset/",
            ],
            _proxy.Calls.Select(call => call.Path + call.Query));
        Assert.All(_proxy.Calls, call => Assert.Equal("TOKEN token-1", call.Authorization));
        Assert.Equal(1, _proxy.Logins);
    }

    [Fact]
    public async Task Of_a_request_s_headers_only_those_of_the_list_pass()
    {
        var answer = await _proxy.RawAsync(
            $"GET {ForwardFixture.EdgeLabels} HTTP/1.1\r\nHost: other\r\nAuthorization: TOKEN {_proxy.Token}\r\n"
            + "Accept: application/json\r\nUser-Agent: python\r\nCookie: sessionid=1\r\nX-Forwarded-For: ::1\r\n"
            + "X-HTTP-Method-Override: DELETE\r\nReferer: http://x/\r\nAccept-Encoding: gzip\r\nTE: trailers\r\n"
            + "Connection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer);
        var headers = Assert.Single(_proxy.Calls).Headers;
        Assert.Equal(["Accept", "Authorization", "Host", "User-Agent"], headers.Keys.Order());
        Assert.Equal(_proxy.Backend.Address.Authority, headers["Host"]);
        Assert.Equal(("application/json", "python"), (headers["Accept"], headers["User-Agent"]));
    }

    [Fact]
    public async Task Of_an_answer_s_headers_only_those_of_the_list_pass()
    {
        _proxy.Backend.Answer(ForwardFixture.Batch, FakeReply.Of(302, "moved").With("Location", "http://127.0.0.1/x")
            .With("Set-Cookie", "session=1").With("WWW-Authenticate", "Token").With("Retry-After", "7"));

        var answer = await RawBatchAsync();

        Assert.StartsWith("HTTP/1.1 302", answer);
        Assert.Contains("Retry-After: 7\r\n", answer);
        Assert.DoesNotContain("Location", answer);
        Assert.DoesNotContain("Set-Cookie", answer);
        Assert.DoesNotContain("WWW-Authenticate", answer);
        Assert.DoesNotContain("Server", answer);
    }

    [Fact]
    public async Task A_failure_of_the_backend_passes_without_the_client_s_token()
    {
        _proxy.Backend.Answer("/dataset/", request => FakeReply.Of(400, $"no: {request.Authorization}"));

        var answer = await _proxy.SendAsync(
            "POST", "/dataset/", ForwardFixture.Dataset);

        Assert.Equal(new(400, "no: TOKEN (secret)", null), answer);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public async Task A_body_arrives_as_it_was_sent_whatever_its_length(int rows)
    {
        var batch = ForwardFixture.Rows(Enumerable.Range(0, rows).Select(row => $"row-{row}"));

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, batch);

        Assert.Equal(201, answer.Status);
        Assert.Equal(batch, Assert.Single(_proxy.Calls).Body);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public async Task A_batch_with_one_wrong_row_at_its_end_never_arrives(int rows)
    {
        var batch = ForwardFixture.Rows(Enumerable.Range(0, rows).Select(row => $"row-{row}"));
        var wrong = $"{batch[..^1]},{ForwardFixture.Row("last", "test")}]";

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, wrong);

        Assert.Equal(403, answer.Status);
        Assert.Equal(
            """{"detail":"data_intent in the body is not train, for which alone the token is"}""", answer.Text);
        Assert.Empty(_proxy.Calls);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public async Task A_batch_without_its_end_never_arrives(int rows)
    {
        var batch = ForwardFixture.Rows(Enumerable.Range(0, rows).Select(row => $"row-{row}"));

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, batch[..^1]);

        Assert.Equal(400, answer.Status);
        Assert.Empty(_proxy.Calls);
    }

    [Fact]
    public async Task A_batch_without_its_end_never_arrives_when_it_fills_the_buffer()
    {
        // Every byte of it is right, and only its end shows that one is missing.
        var ids = Enumerable.Range(0, 100).Select(row => $"row-{row}").ToList();
        var rest = CheckedBody.MostWhole + 1 - ForwardFixture.Rows(ids).Length;
        var batch = ForwardFixture.Rows([ids[0] + new string('a', rest), .. ids.Skip(1)])[..^1];
        Assert.Equal(CheckedBody.MostWhole, batch.Length);

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, batch);

        Assert.Equal(400, answer.Status);
        Assert.Empty(_proxy.Calls);
    }

    [Fact]
    public async Task A_value_longer_than_the_buffer_passes_up_to_half_a_mebibyte()
    {
        var fits = ForwardFixture.Rows(new string('a', 300_000), "b");
        Assert.Equal(201, (await _proxy.SendAsync("POST", ForwardFixture.Batch, fits)).Status);
        Assert.Equal(fits, Assert.Single(_proxy.Calls).Body);

        var tooLong = ForwardFixture.Rows(new string('a', 700_000));
        Assert.Equal(413, (await _proxy.SendAsync("POST", ForwardFixture.Batch, tooLong)).Status);
        Assert.Single(_proxy.Calls);
    }

    [Fact]
    public async Task A_login_of_a_run_is_answered_with_a_token_of_the_same_rights()
    {
        _proxy.Time.Advance(TimeSpan.FromMinutes(59));
        var answer = await _proxy.SendAsync("POST", "/api-token-auth/", "{}");

        Assert.Equal(200, answer.Status);
        var renewed = answer.Text.Replace("{\"token\":\"", "", StringComparison.Ordinal)[..^2];
        _proxy.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(401, (await _proxy.SendAsync("GET", ForwardFixture.EdgeLabels)).Status);
        Assert.Equal(401, (await _proxy.SendAsync("POST", "/api-token-auth/", "{}")).Status);
        Assert.Equal(200, (await _proxy.SendAsync("GET", ForwardFixture.EdgeLabels, token: renewed)).Status);
        Assert.Equal(403, (await _proxy.SendAsync("POST", "/global_meta/other/", "[]", renewed)).Status);
        Assert.Equal(1, _proxy.Logins);
    }

    [Fact]
    public async Task Each_call_is_logged_without_its_body_and_counted()
    {
        await _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a-secret-id"));
        await _proxy.SendAsync("POST", "/global_meta/other/", "[]");
        await _proxy.SendAsync("POST", ForwardFixture.Batch, "[]", token: "forged");

        Assert.Contains("Information: POST batch of houses, run run-key-1: 201 in 0 ms", _proxy.Logger.Lines);
        Assert.Contains("Information: POST none of houses, run run-key-1: 403 in 0 ms", _proxy.Logger.Lines);
        Assert.Contains("Information: POST none of no table, run unknown: 401 in 0 ms", _proxy.Logger.Lines);
        Assert.DoesNotContain(_proxy.Logger.Lines, line => line.Contains("a-secret-id", StringComparison.Ordinal));
        var metrics = await _proxy.SendAsync("GET", "/metrics");
        Assert.Contains(
            """tracebloc_proxy_call_seconds_count{namespace="",call="batch",status="201"} 1""", metrics.Text);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Probes_are_answered_without_a_token_and_without_the_backend(string target)
    {
        _proxy.Backend.Answer("/", FakeReply.Of(503), times: 100);

        var answer = await _proxy.RawAsync($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.EndsWith("""{"status":"ok"}""", answer);
    }

    [Fact]
    public void A_run_with_64_calls_under_way_has_to_wait_and_others_do_not()
    {
        var gate = new RunGate();
        for (var call = 0; call < RunGate.Most; call++) Assert.True(gate.TryEnter("a"));

        Assert.False(gate.TryEnter("a"));
        Assert.True(gate.TryEnter("b"));
        gate.Leave("a");
        Assert.True(gate.TryEnter("a"));
    }

    private Task<string> RawBatchAsync()
    {
        var body = ForwardFixture.Rows("a");
        return _proxy.RawAsync(
            $"POST {ForwardFixture.Batch} HTTP/1.1\r\nHost: x\r\nAuthorization: TOKEN {_proxy.Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
    }
}
