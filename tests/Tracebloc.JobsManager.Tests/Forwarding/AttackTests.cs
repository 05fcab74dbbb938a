using System.Text;

namespace Tracebloc.JobsManager.Tests.Forwarding;

/// <summary>A run's pod that was taken over, with the token of table <c>houses</c> and any bytes on a socket.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private ForwardFixture _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_proxy.Backend.Unexpected);
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("/global_meta/other/", 403)]
    [InlineData("/global_meta/HOUSES/", 403)]
    [InlineData("/global_meta/houses", 404)]
    [InlineData("/global_meta/houses//", 404)]
    [InlineData("//global_meta/houses/", 404)]
    [InlineData("/global_meta//houses/", 404)]
    [InlineData("/global_meta/./houses/", 404)]
    [InlineData("/x/../global_meta/houses/", 404)]
    [InlineData("/global_meta/houses/../other/", 404)]
    [InlineData("/global_meta/houses/..%2fother/", 404)]
    [InlineData("/global_meta/houses/%2e%2e/other/", 404)]
    [InlineData("/global_meta/houses%2f", 404)]
    [InlineData("/global_meta/%68ouses/", 404)]
    [InlineData("/global_meta%2fhouses/", 404)]
    [InlineData("/global_meta/houses%00/", 400)]
    [InlineData("/global_meta/houses%0d%0aX:%201/", 404)]
    [InlineData("/global_meta/houses%252f/", 404)]
    [InlineData("/global_meta/houses;x=1/", 404)]
    [InlineData("/global_meta/houses/#", 404)]
    [InlineData("/global_meta/houses/?", 400)]
    [InlineData("/global_meta/houses/?table_name=other", 400)]
    [InlineData("/Global_meta/houses/", 404)]
    [InlineData("/global_meta\\houses\\", 404)]
    [InlineData("\\global_meta\\houses\\", 400)]
    [InlineData("http://x/global_meta/houses/", 404)]
    [InlineData("http://127.0.0.1@x/global_meta/houses/", 404)]
    [InlineData("*", 405)]
    [InlineData("global_meta/houses/", 400)]
    [InlineData("/global_meta/", 404)]
    [InlineData("/global_meta/global_metadata", 404)]
    [InlineData("/global_meta/summary/houses/", 404)]
    [InlineData("/dataset/7/", 404)]
    [InlineData("/dataset/../api-token-auth/", 404)]
    [InlineData("/admin/", 404)]
    [InlineData("/api-token-auth", 404)]
    [InlineData("/global_meta/prepare/", 405)]
    [InlineData("/global_meta/h\u00f6uses/", 400)]
    public async Task Another_path_never_arrives(string target, int status)
    {
        var answer = await PostAsync(target, ForwardFixture.Rows("a"));

        AssertRefused(answer, status);
    }

    [Theory]
    [InlineData("table_name=other&injestor_id=ID&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=ID&data_intent=test", 403)]
    [InlineData("table_name=%68ouses&injestor_id=ID&data_intent=train", 403)]
    [InlineData("table_name=houses&table_name=other&injestor_id=ID&data_intent=train", 400)]
    [InlineData("table_name=houses&table_name=other&injestor_id=ID", 400)]
    [InlineData("table_name=houses&injestor_id=ID", 400)]
    [InlineData("table_name=houses&injestor_id=ID&data_intent=train&x=1", 400)]
    [InlineData("table_name=houses&injestor_id=ID&data_intent=train&", 400)]
    [InlineData("table_name=houses&injestor_id=ID;table_name=other&data_intent=train", 400)]
    [InlineData("table_name=houses&injestor_id=a=b&data_intent=train", 400)]
    [InlineData("table%5fname=houses&injestor_id=ID&data_intent=train", 400)]
    [InlineData("Table_name=houses&injestor_id=ID&data_intent=train", 400)]
    [InlineData("table_name=houses&injestor_id=&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=a+b&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=a%2&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=a%zz&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=a#b&data_intent=train", 403)]
    [InlineData("table_name=houses&injestor_id=a/../b&data_intent=train", 403)]
    [InlineData("", 400)]
    public async Task Another_query_never_arrives(string query, int status)
    {
        query = query.Replace("ID", ForwardFixture.IngestorId, StringComparison.Ordinal);
        var answer = await RawAsync("GET", $"/global_meta/generate-edge-labels-meta/?{query}", "", "");

        AssertRefused(answer, status);
    }

    [Theory]
    [InlineData("GET", "/global_meta/houses/")]
    [InlineData("PUT", "/global_meta/houses/")]
    [InlineData("DELETE", "/global_meta/houses/")]
    [InlineData("post", "/global_meta/houses/")]
    [InlineData("OPTIONS", "/dataset/")]
    [InlineData("TRACE", "/dataset/")]
    [InlineData("CONNECT", "127.0.0.1:80")]
    [InlineData("PRI", "/dataset/")]
    public async Task Another_method_never_arrives(string method, string target)
    {
        var answer = await RawAsync(method, target, "", "");

        Assert.Matches("^HTTP/1.1 (400|404|405) ", answer);
        Assert.Empty(_proxy.Calls);
    }

    [Theory]
    [InlineData("/global_meta/global_metadata/", """{"table_name":"other","schema":{},"meta_data":{}}""", 403)]
    [InlineData("/global_meta/global_metadata/", """{"table_name":"h\u006fuses","schema":{},"meta_data":{}}""", 403)]
    [InlineData(
        "/global_meta/global_metadata/",
        """{"table_name":"houses","table_name":"other","schema":{},"meta_data":{}}""", 400)]
    [InlineData(
        "/global_meta/global_metadata/",
        """{"table_name":"houses","table\u005fname":"other","schema":{},"meta_data":{}}""", 400)]
    [InlineData("/global_meta/global_metadata/", """{"table_name":"houses","schema":{}}""", 400)]
    [InlineData("/global_meta/global_metadata/", """{"table_name":["houses"],"schema":{},"meta_data":{}}""", 400)]
    [InlineData("/global_meta/global_metadata/", """{"table_name":"houses","schema":[],"meta_data":{}}""", 400)]
    [InlineData(
        "/global_meta/global_metadata/", """{"table_name":"houses","schema":{},"meta_data":{}}{"table_name":"other"}""",
        400)]
    [InlineData(
        "/global_meta/global_metadata/", """[{"table_name":"houses","schema":{},"meta_data":{}}]""", 400)]
    [InlineData("/dataset/", """{"title":"embeddings_ID","allow_feature_modification":false,"id":7}""", 400)]
    [InlineData("/dataset/", """{"title":{"x":1},"allow_feature_modification":false}""", 400)]
    [InlineData("/dataset/", "title=x&allow_feature_modification=false", 400)]
    [InlineData("/dataset/", "", 400)]
    [InlineData("/dataset/", "null", 400)]
    [InlineData("/global_meta/houses/", "{}", 400)]
    [InlineData("/global_meta/houses/", """[{"data_id":"a"}]""", 400)]
    [InlineData("/global_meta/houses/", "[[]]", 400)]
    [InlineData("/global_meta/houses/", """["a"]""", 400)]
    [InlineData(
        "/global_meta/houses/",
        """[{"data_id":"a","data_intent":"train","label":1,"is_sample":false,"injestor_id":"ID","rooms":7}]""", 400)]
    [InlineData(
        "/global_meta/houses/",
        """[{"data_id":"a","data_intent":"train","label":{"rooms":7},"is_sample":false,"injestor_id":"ID"}]""", 400)]
    [InlineData(
        "/global_meta/houses/",
        """[{"data_id":"a","data_intent":"train","label":1,"is_sample":true,"injestor_id":"ID"}]""", 400)]
    [InlineData(
        "/global_meta/houses/",
        """[{"data_id":"a","data_intent":"test","label":1,"is_sample":false,"injestor_id":"ID"}]""", 403)]
    public async Task Another_body_never_arrives(string target, string body, int status)
    {
        body = body.Replace("ID", ForwardFixture.IngestorId, StringComparison.Ordinal);
        AssertRefused(await PostAsync(target, body), status);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Content-Length: 5, 6\r\n")]
    [InlineData("Content-Length: +5\r\n")]
    [InlineData("Content-Length: -5\r\n")]
    [InlineData("Content-Length: 0x5\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 2\r\nX: a\rTransfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 2\r\nX: a\0b\r\n")]
    [InlineData("Content-Length: 2\r\nno colon\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Encoding: gzip\r\n")]
    [InlineData("Content-Length: 2\r\nAuthorization: TOKEN forged\r\n")]
    [InlineData("Content-Length: 2\r\nHost: y\r\n")]
    [InlineData("")]
    public async Task A_body_whose_length_can_be_read_in_two_ways_never_arrives(string headers)
    {
        var answer = await RawAsync(
            "POST",
            "/dataset/",
            headers,
            "0\r\n\r\nPOST /dataset/ HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Matches("^(HTTP/1.1 4\\d\\d |reset$)", answer);
        Assert.DoesNotContain("HTTP/1.1 2", answer);
        Assert.Empty(_proxy.Calls);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: LENGTH\r\n", true)]
    [InlineData("Content-Length: LENGTH\r\nTransfer-Encoding: chunked\r\n", true)]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", true)]
    [InlineData("X-Content-Length: LENGTH\r\nTransfer-Encoding: chunked\r\n", true)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", true)]
    [InlineData("Transfer-Encoding: CHUNKED, chunked\r\n", true)]
    [InlineData("Content-Length: LENGTH\r\nTransfer-Encoding: identity\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nContent-Length: LENGTH\r\n", false)]
    [InlineData("Content-Length: LENGTH, LENGTH\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nHost: x\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nContent-Encoding: identity\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nAuthorization: TOKEN OWN\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nAuthorization: TOKEN forged\r\n", false)]
    [InlineData("Content-Length: LENGTH\r\nauthorization: TOKEN OWN\r\n", false)]
    public async Task A_right_body_never_arrives_with_a_header_that_is_there_twice(string headers, bool isChunked)
    {
        const string Body = ForwardFixture.Dataset;
        var answer = await RawAsync(
            "POST",
            "/dataset/",
            headers.Replace("LENGTH", $"{Body.Length}", StringComparison.Ordinal)
                .Replace("OWN", _proxy.Token, StringComparison.Ordinal),
            isChunked ? $"{Body.Length:x}\r\n{Body}\r\n0\r\n\r\n" : Body);

        Assert.Matches("^(HTTP/1.1 4\\d\\d |reset$)", answer);
        Assert.Empty(_proxy.Calls);
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJrIn0.")]
    [InlineData("")]
    [InlineData("token-1")]
    [InlineData("..")]
    public async Task A_forged_token_is_refused_on_every_path_alike(string token)
    {
        foreach (var target in new[] { "/dataset/", "/global_meta/other/", "/admin/", "/api-token-auth/" })
            AssertRefused(
                await _proxy.RawAsync(
                    $"POST {target} HTTP/1.1\r\nHost: x\r\nAuthorization: TOKEN {token}\r\nContent-Length: 2\r\n"
                    + "Content-Type: application/json\r\nConnection: close\r\n\r\n{}"),
                401);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("token ")]
    [InlineData("TOKEN  ")]
    [InlineData("TOKEN\t")]
    [InlineData("Basic ")]
    [InlineData("")]
    public async Task Another_scheme_is_refused(string scheme) => AssertRefused(
        await _proxy.RawAsync(
            $"GET {ForwardFixture.EdgeLabels} HTTP/1.1\r\nHost: x\r\nAuthorization: {scheme}{_proxy.Token}\r\n"
            + "Connection: close\r\n\r\n"),
        401);

    [Theory]
    [InlineData("/dataset/", 4097)]
    [InlineData("/global_meta/global_metadata/", 1024 * 1024 + 1)]
    [InlineData("/global_meta/houses/", 64 * 1024 * 1024 + 1)]
    [InlineData("/api-token-auth/", 1025)]
    public async Task A_body_over_the_limit_of_its_call_is_refused_before_it_is_sent(string target, int length) =>
        AssertRefused(
            await RawAsync("POST", target, $"Content-Length: {length}\r\nExpect: 100-continue\r\n", ""), 413);

    [Fact]
    public async Task A_body_over_the_limit_is_refused_without_an_announced_length_too()
    {
        var title = new string('x', 5000);
        var body = $$"""{"title":"{{title}}","allow_feature_modification":false}""";

        AssertRefused(
            await RawAsync(
                "POST", "/dataset/", "Transfer-Encoding: chunked\r\n", $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n"),
            413);
    }

    [Theory]
    [InlineData("X: ", 30_000, 431)]
    [InlineData("Content-Length: 0\r\n", 0, 413)]
    public async Task A_call_without_a_body_has_none(string header, int letters, int status)
    {
        var headers = letters > 0 ? $"{header}{new string('a', letters)}\r\n" : "Transfer-Encoding: chunked\r\n";

        AssertRefused(await RawAsync("GET", ForwardFixture.EdgeLabels, headers, "0\r\n\r\n"), status);
    }

    [Fact]
    public async Task A_target_or_a_list_of_headers_without_an_end_is_refused()
    {
        AssertRefused(await RawAsync("POST", $"/{new string('a', 10_000)}", "", ""), 414);
        var many = string.Concat(Enumerable.Range(0, 100).Select(at => $"X-{at}: 1\r\n"));
        AssertRefused(await RawAsync("POST", "/dataset/", many, ""), 431);
    }

    [Fact]
    public async Task Each_request_on_one_connection_is_judged_by_itself()
    {
        var rows = ForwardFixture.Rows("a");
        var answer = await _proxy.RawAsync(
            Request("POST", ForwardFixture.Batch, $"Content-Length: {rows.Length}\r\n", close: false) + rows
            + Request("POST", "/global_meta/other/", "Content-Length: 2\r\n", close: false) + "[]"
            + Request("GET", ForwardFixture.EdgeLabels, ""));

        Assert.StartsWith("HTTP/1.1 201", answer);
        Assert.Contains("HTTP/1.1 403", answer);
        Assert.EndsWith("""{"status":"ok"}""", answer);
        Assert.Equal(
            [ForwardFixture.Batch, ForwardFixture.EdgeLabels], _proxy.Calls.Select(call => call.Path + call.Query));
    }

    [Fact]
    public async Task A_body_is_asked_for_only_once_its_call_is_allowed()
    {
        var rows = ForwardFixture.Rows("a");
        var expect = $"Content-Length: {rows.Length}\r\nExpect: 100-continue\r\n";

        var allowed = await _proxy.RawAsync(
            Request("POST", ForwardFixture.Batch, expect), "HTTP/1.1 100 Continue\r\n\r\n", rows);
        var refused = await RawAsync("POST", "/global_meta/other/", expect, "");

        Assert.StartsWith("HTTP/1.1 201", allowed);
        Assert.StartsWith("HTTP/1.1 403", refused);
        Assert.DoesNotContain("Continue", refused);
    }

    [Fact]
    public async Task A_request_of_the_first_protocol_is_answered_in_it()
    {
        var rows = ForwardFixture.Rows("a");
        var head = $"POST {ForwardFixture.Batch} HTTP/1.0\r\nAuthorization: TOKEN {_proxy.Token}\r\n"
            + "Content-Type: application/json\r\n";

        Assert.Contains(" 201 ", await _proxy.RawAsync($"{head}Content-Length: {rows.Length}\r\n\r\n{rows}"));
        var chunked = await _proxy.RawAsync(
            $"{head}Transfer-Encoding: chunked\r\n\r\n{rows.Length:x}\r\n{rows}\r\n0\r\n\r\n");
        Assert.Contains(" 400 ", chunked);
        Assert.Single(_proxy.Calls);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        // Kestrel's own clock: five seconds of grace, then 240 bytes in each.
        var answer = await RawAsync("POST", ForwardFixture.Batch, "Content-Length: 100000\r\n", "[");

        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Empty(_proxy.Calls);
    }

    [Fact]
    public async Task A_body_that_comes_slowly_is_given_up_at_the_deadline_of_its_call()
    {
        // So many bytes at once that they are fast enough for Kestrel's own clock for minutes.
        var rows = ForwardFixture.Rows(Enumerable.Range(0, 400).Select(row => $"row-{row}"));
        var sending = RawAsync("POST", ForwardFixture.Batch, $"Content-Length: {rows.Length}\r\n", rows[..^1]);

        _proxy.Time.Advance(await _proxy.Time.WaitForTimerAsync(
            due => due == TimeSpan.FromSeconds(95), TestContext.Current.CancellationToken));

        // The server may reset the connection of a client that still sends, whose answer is lost then.
        await sending;
        Assert.Contains("Information: POST batch of houses, run run-key-1: 408 in 95000 ms", _proxy.Logger.Lines);
        Assert.Empty(_proxy.Calls);
    }

    private static void AssertRefused(string answer, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);

    private Task<string> PostAsync(string target, string body) =>
        RawAsync("POST", target, $"Content-Length: {Encoding.Latin1.GetByteCount(body)}\r\n", body);

    private Task<string> RawAsync(string method, string target, string headers, string body) =>
        _proxy.RawAsync(Request(method, target, headers) + body);

    private string Request(string method, string target, string headers, bool close = true) =>
        $"{method} {target} HTTP/1.1\r\nHost: x\r\nAuthorization: TOKEN {_proxy.Token}\r\n"
        + $"Content-Type: application/json\r\n{headers}{(close ? "Connection: close\r\n" : "")}\r\n";
}
