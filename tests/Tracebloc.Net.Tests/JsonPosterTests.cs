using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Net.Tests;

public sealed class JsonPosterTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private FakeReceiver? _receiver;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeReceiver Receiver => _receiver ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() => _receiver = await FakeReceiver.StartAsync(cancellationToken: Cancelled);

    public ValueTask DisposeAsync() => Receiver.DisposeAsync();

    [Fact]
    public async Task The_body_arrives_with_its_type_its_sender_and_its_id()
    {
        Receiver.Answer(FakeReply.Of(202));

        Assert.Equal(202, await PostAsync("7f"));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(
            ("POST", "/hook", "{}", "application/json"),
            (request.Method, request.Path, request.Body, request.Headers["Content-Type"]));
        Assert.Equal(("tests/1.0", "7f"), (request.Headers["User-Agent"], request.Headers["Idempotency-Key"]));
    }

    [Theory]
    [InlineData("7f\r\nAuthorization: Bearer x", "tests", "Idempotency-Key")]
    [InlineData("sieben ü", "tests", "Idempotency-Key")]
    [InlineData("7f", "tests\n", "User-Agent")]
    [InlineData("7f", "tests (", "User-Agent")]
    public async Task A_value_that_no_header_can_carry_is_an_error_that_names_the_header(
        string id, string agent, string header)
    {
        var error = await Assert.ThrowsAsync<HeaderException>(() => PostAsync(id, agent));

        Assert.StartsWith($"header {header} cannot be sent: ", error.Message);
        Assert.DoesNotContain(header == "User-Agent" ? agent : id, error.Message);
        Assert.Empty(Receiver.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Receiver.Answer(FakeReply.Of(307).With("Location", "/elsewhere"));

        Assert.Equal(307, await PostAsync("7f"));
        Assert.Single(Receiver.Requests);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up_at_the_limit()
    {
        Receiver.Answer(FakeReply.Never);
        var post = PostAsync("7f");
        await _time.WaitForTimerAsync(due => due == Limit, Cancelled);

        _time.Advance(Limit);

        Assert.Equal("no answer within 5 s", (await Assert.ThrowsAsync<TimeoutException>(() => post)).Message);
    }

    private async Task<int> PostAsync(string id, string agent = "tests/1.0")
    {
        using var poster = JsonPoster.Open(new("127.0.0.1", CaFile: null, agent, _ => null), _time);
        return await poster.PostAsync(new Uri(Receiver.Address, "hook"), "{}"u8.ToArray(), id, Limit, Cancelled);
    }
}
