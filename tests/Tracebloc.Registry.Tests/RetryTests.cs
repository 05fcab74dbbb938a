using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(522)]
    public async Task Server_trouble_that_passes_is_not_noticed(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Of(status), times: 2);

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal("HEAD none, HEAD none, HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task Server_trouble_that_stays_is_given_up_after_two_retries()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(502));

        var result = await fixture.ResolveThroughWaitsAsync();

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.Contains("answered 502", result.Message, StringComparison.Ordinal);
        Assert.Equal(3, fixture.Requests.Count);
        Assert.Equal(3, fixture.Client.Statistics.RegistryRequests);
    }

    [Theory]
    [InlineData(505)]
    [InlineData(520)]
    public async Task Other_server_errors_are_left_for_the_next_tick(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(status));

        Assert.Equal(Verdict.Transient, (await fixture.ResolveAsync()).Verdict);
        Assert.Single(fixture.Requests);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task The_wait_that_a_503_announces_is_kept_up_to_the_deadline(int seconds)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Of(503).With("Retry-After", $"{seconds}"));
        var result = fixture.ResolveAsync();

        await fixture.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.Single(fixture.Requests);
        fixture.Time.Advance(TimeSpan.FromSeconds(0.1));

        fixture.AssertFound(await result);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("86400")]
    public async Task A_wait_beyond_the_deadline_is_reported_and_not_kept(string retryAfter)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(503).With("Retry-After", retryAfter));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.NotNull(result.RetryAt);
        Assert.Single(fixture.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_made_again()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Abort, times: 2);

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());
    }

    [Fact]
    public async Task A_connection_closed_between_requests_is_made_again()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(
            FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first")).With("Connection", "close"));

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());
        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal(2, fixture.Requests.Select(request => request.ConnectionId).Distinct().Count());
    }

    [Fact]
    public async Task A_truncated_manifest_is_fetched_again()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.Next(FakeReply.Of(200, "{\"schemaVersion\":2") with { ContentLength = 4000 });

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());
    }

    [Fact]
    public async Task A_manifest_that_stays_truncated_is_no_digest()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.When(_ => true, FakeReply.Of(200, "{\"schemaVersion\":2}") with { ContentLength = 4000 });

        var result = await fixture.ResolveThroughWaitsAsync();

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.Null(result.Value);
    }
}
