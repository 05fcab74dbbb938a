namespace Tracebloc.JobsManager.Tests.Web;

/// <summary>The requests of clients before this version, byte by byte.</summary>
public sealed class FormerClientTests
{
    private const string Specification =
        @"apiVersion: tracebloc.io/v1\nkind: IngestConfig\ncategory: tabular_regression\ntable: houses_train\n"
        + @"intent: train\ncsv: /data/shared/rows.csv\nlabel: {column: price, policy: bucket}\n"
        + @"schema: {rooms: INT, area: DOUBLE}\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // charts/ingestor 0.2: curl --data-binary @body.json, toJson of the chart.
    private const string ChartBody =
        $$"""{"idempotency_key":"my-dataset-1717171717","ingest_config":"{{Specification}}"}""";

    private const string PinnedBody =
        """{"idempotency_key":"my-dataset-1717171718","image_digest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"""
        + $$"""aaaaaaaaaaaaaaaaaaaaaaaaaaaa","ingest_config":"{{Specification}}"}""";

    // The command line: Go's client, a key of 16 random bytes.
    private const string CliBody =
        $$"""{"ingest_config":"{{Specification}}","idempotency_key":"0123456789abcdef0123456789abcdef"}""";

    private const string CurlHeaders = "User-Agent: curl/8.10.1\r\nAccept: */*\r\n";

    private const string GoHeaders = "User-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n";

    [Theory]
    [InlineData("jobs-manager.tracebloc.svc.cluster.local:8080", CurlHeaders, ChartBody)]
    [InlineData("jobs-manager.tracebloc.svc.cluster.local:8080", CurlHeaders, PinnedBody)]
    [InlineData("localhost:40123", GoHeaders, CliBody)]
    public async Task A_request_of_a_former_client_is_accepted_and_replayed(string host, string headers, string body)
    {
        await using var serve = await ServeFixture.StartAsync(Token);
        // These clients send the mounted token of a service account, whose audience is the API server.
        serve.Api.AddToken("own-audience", "system:serviceaccount:tracebloc:ingestor");
        var request = $"POST /internal/submit-ingestion-run HTTP/1.1\r\nHost: {host}\r\n{headers}"
            + "Authorization: Bearer own-audience\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}";

        var first = await serve.SendRawAsync(request, Token);
        var second = await serve.SendRawAsync(request, Token);

        Assert.StartsWith("HTTP/1.1 201 Created\r\n", first);
        Assert.Contains("\r\nContent-Type: application/json\r\n", first);
        Assert.Matches(
            @"\{""job_name"":""ingest-job-[0-9a-f]{12}"",""namespace"":""tracebloc"",""replay"":false\}\z", first);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", second);
        Assert.Contains("\"replay\":true,", second);
    }
}
