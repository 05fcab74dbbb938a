using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Backend;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Backend;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Ingestor.Tests.Backend;

public sealed class BackendClientTests : IAsyncLifetime
{
    private const string Table = "/global_meta/houses/";

    /// <summary>In real time, and only so that a test that would hang fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly IngestSpecification _specification = Specification();
    private FakeBackend _backend = null!;
    private BackendClient _client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private CentralReport Report => new(_specification, "run-id");

    public async ValueTask InitializeAsync()
    {
        _backend = await FakeBackend.StartAsync(cancellationToken: Cancelled);
        _client = Client(_backend.Address, _backend.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task The_six_calls_are_those_of_the_contract()
    {
        _backend.ExpireToken();
        await SendAsync("a", "b");
        foreach (var call in Report.Registration) await _client.RegisterAsync(call, Cancelled);

        Assert.Empty(_backend.Unexpected);
        Assert.Equal(
            [
                "POST /global_meta/houses/ (TOKEN)",
                "POST /api-token-auth/ (TOKEN)",
                "POST /global_meta/houses/ (TOKEN)",
                "GET /global_meta/generate-edge-labels-meta/?table_name=houses&injestor_id=run-id&data_intent=train "
                    + "(TOKEN)",
                "POST /global_meta/global_metadata/ (TOKEN)",
                "GET /global_meta/prepare/?category=tabular_classification&injestor_id=run-id&data_format=tabular"
                    + "&data_intent=train (TOKEN)",
                "POST /dataset/ (TOKEN)",
            ],
            _backend.Requests.Select(request => $"{request}"));
        Assert.Equal(["a", "b"], _backend.Labels.Keys.Order());
        Assert.Equal("3.5", (string)_backend.Labels["a"]!);
        Assert.Equal(["tabular_classification_run-id"], _backend.Datasets);
    }

    [Fact]
    public async Task A_rejected_batch_is_an_error_with_two_thousand_of_the_backend_s_characters()
    {
        _backend.Answer(Table, FakeReply.Of(400, new string('x', 1_990) + "0123456789ABC"));

        var error = await Assert.ThrowsAsync<IngestorException>(() => SendAsync("a"));

        Assert.Equal((IngestorExit.Failed, true), (error.ExitCode, error.IsFinal));
        Assert.Equal(
            $"Backend POST {Table} failed: 400: {new string('x', 1_990)}0123456789…", error.Message);
        Assert.Single(_backend.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_transient_failure_is_repeated_after_a_pause(int status)
    {
        _backend.Answer(Table, FakeReply.Of(status, "later"));
        var sending = SendAsync("a");

        await PassAsync(TimeSpan.FromSeconds(1));
        await sending;

        Assert.Equal(2, _backend.Requests.Count);
        Assert.Equal(
            $"Warning: Backend POST {Table} failed: {status}: later; attempt 2 of 5 follows in 1 s",
            Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task Pauses_double_and_end_after_five_attempts()
    {
        _backend.Answer(Table, FakeReply.Of(503, "later"), times: 5);
        var sending = SendAsync("a");

        foreach (var seconds in new[] { 1, 2, 4, 8 }) await PassAsync(TimeSpan.FromSeconds(seconds));

        var error = await Assert.ThrowsAsync<IngestorException>(() => sending);
        Assert.EndsWith("failed: 503: later", error.Message);
        Assert.False(error.IsFinal);
        Assert.Equal(5, _backend.Requests.Count);
    }

    [Theory]
    [InlineData(302, false)]
    [InlineData(400, true)]
    [InlineData(401, false)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(408, false)]
    [InlineData(501, false)]
    public async Task A_rejection_is_final_unless_time_may_change_it(int status, bool isFinal)
    {
        _backend.Answer(Table, FakeReply.Of(status, "no"), times: 2);

        var error = await Assert.ThrowsAsync<IngestorException>(() => SendAsync("a"));

        Assert.Equal(isFinal, error.IsFinal);
    }

    [Fact]
    public async Task The_backend_s_own_pause_wins()
    {
        _backend.Answer(Table, FakeReply.Of(503).With("Retry-After", "7"));
        var sending = SendAsync("a");

        await PassAsync(TimeSpan.FromSeconds(7));
        await sending;

        Assert.Equal(2, _backend.Requests.Count);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_has_arrived()
    {
        _backend.LoseAnswer(Table);
        var sending = SendAsync("a");

        await PassAsync(TimeSpan.FromSeconds(1));
        await sending;

        Assert.Equal(2, _backend.Requests.Count);
        Assert.Equal(["a"], _backend.Labels.Keys);
    }

    [Fact]
    public async Task A_batch_that_the_backend_does_not_answer_in_time_is_repeated()
    {
        var arrived = new TaskCompletionSource();
        _backend.Answer(Table, _ =>
        {
            arrived.SetResult();
            return FakeReply.Never;
        });
        var sending = SendAsync("a");
        await arrived.Task.WaitAsync(Patience, Cancelled);
        await PassAsync(TimeSpan.FromSeconds(100));

        await PassAsync(TimeSpan.FromSeconds(1));
        await sending;

        Assert.Contains("no answer within 100 s", Assert.Single(_logger.Lines));
        Assert.Equal(["a"], _backend.Labels.Keys);
    }

    [Fact]
    public async Task A_batch_that_is_there_without_a_reason_is_an_error()
    {
        await SendAsync("a");

        var error = await Assert.ThrowsAsync<IngestorException>(() => SendAsync("a"));

        Assert.Contains("failed: 409: {\"detail\":\"data_id exists\"}", error.Message);
    }

    [Fact]
    public async Task A_batch_of_an_earlier_attempt_may_be_there()
    {
        await SendAsync("a");

        await _client.SendBatchAsync(Batch("a"), mayHaveArrived: true, Cancelled);
    }

    [Fact]
    public async Task A_registered_data_set_is_a_success()
    {
        await _client.RegisterAsync(Report.Registration[^1], Cancelled);
        await _client.RegisterAsync(Report.Registration[^1], Cancelled);

        Assert.Single(_backend.Datasets);
    }

    [Theory]
    [InlineData(200, "false")]
    [InlineData(200, "<html>maintenance</html>")]
    [InlineData(200, "{} <html>")]
    [InlineData(400, "{\"title\":[\"too long\"]}")]
    [InlineData(302, "")]
    [InlineData(404, "not here")]
    public async Task A_registration_without_a_success_is_an_error(int status, string body)
    {
        _backend.Answer("/dataset/", FakeReply.Of(status, body).With("Location", "http://127.0.0.1:1/"));

        var error = await Assert.ThrowsAsync<IngestorException>(
            () => _client.RegisterAsync(Report.Registration[^1], Cancelled));

        Assert.StartsWith("Backend POST /dataset/ failed: ", error.Message);
        Assert.Single(_backend.Requests);
    }

    [Fact]
    public async Task A_token_is_renewed_once()
    {
        _backend.ExpireToken();
        await SendAsync("a");
        _backend.ExpireToken();

        var error = await Assert.ThrowsAsync<IngestorException>(() => SendAsync("b"));

        Assert.Contains("failed: 401", error.Message);
        Assert.Single(_backend.Requests, request => request.Path == "/api-token-auth/");
    }

    [Fact]
    public async Task No_message_repeats_the_token()
    {
        _backend.Answer(Table, FakeReply.Of(503, $"you sent {_backend.Token}"));
        _backend.Answer(Table, FakeReply.Of(400, $"you sent TOKEN {_backend.Token}"));
        var sending = SendAsync("a");
        await PassAsync(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<IngestorException>(() => sending);

        Assert.DoesNotContain(_backend.Token, error.ToString());
        Assert.DoesNotContain(_backend.Token, string.Concat(_logger.Lines));
    }

    [Fact]
    public async Task A_token_that_is_cut_off_is_hidden_as_well()
    {
        _backend.Answer(Table, FakeReply.Of(400, new string('x', 1_995) + _backend.Token));

        var error = await Assert.ThrowsAsync<IngestorException>(() => SendAsync("a"));

        Assert.EndsWith("x(secr…", error.Message);
    }

    [Fact]
    public async Task A_refused_connection_is_repeated_and_named()
    {
        using var client = Client(new Uri("http://127.0.0.1:1/"), "token");
        var sending = client.SendBatchAsync(Batch("a"), mayHaveArrived: false, Cancelled);

        foreach (var seconds in new[] { 1, 2, 4, 8 }) await PassAsync(TimeSpan.FromSeconds(seconds));

        var error = await Assert.ThrowsAsync<IngestorException>(() => sending);
        Assert.Equal($"Backend POST {Table} failed: Connection refused", error.Message);
    }

    [Fact]
    public async Task An_address_with_a_path_keeps_it()
    {
        using var client = Client(new Uri(_backend.Address, "proxy/"), _backend.Token);

        await Assert.ThrowsAsync<IngestorException>(
            () => client.RegisterAsync(Report.Registration[^1], Cancelled));

        Assert.Equal("/proxy/dataset/", Assert.Single(_backend.Requests).Path);
        _backend.Unexpected.Clear();
    }

    [Fact]
    public async Task The_fake_refuses_calls_outside_the_contract()
    {
        using var http = new HttpClient { BaseAddress = _backend.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"TOKEN {_backend.Token}");

        foreach (var path in new[] { "/", "/dataset/", "/global_meta/prepare/?category=x", "/global_meta/a/b/" })
            Assert.Equal(501, (int)(await http.GetAsync(path, Cancelled)).StatusCode);

        Assert.Equal(4, _backend.Unexpected.Count);
        _backend.Unexpected.Clear();
    }

    private static IngestSpecification Specification()
    {
        var errors = new ConfigurationErrors("ingest.yaml");
        return IngestDocument.Parse(
            """
            {apiVersion: tracebloc.io/v1, kind: IngestConfig, category: tabular_classification, table: houses,
             intent: train, csv: /data/a.csv, label: price, schema: {rooms: INT}}
            """,
            errors) ?? throw new ConfigurationException(errors.InOrder());
    }

    private BackendClient Client(Uri address, string token) => new(
        BackendConnection.Open(
            new BackendSettings(address, new Secret(token)), TimeSpan.FromSeconds(100), _ => null, _time),
        token,
        new RetryPauses(TimeSpan.FromSeconds(30), () => 1),
        _time,
        _logger);

    private Task SendAsync(params string[] ids) =>
        _client.SendBatchAsync(Batch(ids), mayHaveArrived: false, Cancelled).WaitAsync(Patience, Cancelled);

    private CentralRequest Batch(params string[] ids)
    {
        var type = new SqlType(SqlBase.Double);
        var labels = new OutgoingLabels(_specification.Label!, type, boundaries: null);
        return Report.Batch([.. ids.Select(id => new CentralRow(id, labels.Of(isNull: false, "3.5"u8)))]);
    }

    private async Task PassAsync(TimeSpan pause)
    {
        await _time.WaitForTimerAsync(due => due == pause, Cancelled);
        _time.Advance(pause);
    }
}
