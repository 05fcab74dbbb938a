using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>A client that retries rate limits, for callers that do not ask again later.</summary>
public sealed class RateLimitRetryTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    public async Task After_one_429_the_request_is_repeated_in_a_second_or_two(string? retryAfter)
    {
        await using var fixture = await StartAsync();
        fixture.Registry.Next(Limited(retryAfter));
        var started = fixture.Time.GetUtcNow();

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal("HEAD none, HEAD none", fixture.Traffic);
        Assert.InRange((fixture.Time.GetUtcNow() - started).TotalSeconds, 1, 1.5);
        Assert.Equal(2, fixture.Client.Statistics.RegistryRequests);
    }

    [Fact]
    public async Task An_announced_wait_is_kept_up_to_the_deadline()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.Next(Limited("9"));
        var result = fixture.ResolveAsync();

        await fixture.WaitForTimerAsync(TimeSpan.FromSeconds(9));
        fixture.Time.Advance(TimeSpan.FromSeconds(9));

        fixture.AssertFound(await result);
    }

    [Fact]
    public async Task A_wait_beyond_the_deadline_is_reported_at_once()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(_ => true, Limited("10"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Limited, result.Verdict);
        Assert.Equal(fixture.Time.GetUtcNow().AddSeconds(10), result.RetryAt);
        Assert.Single(fixture.Requests);
    }

    [Fact]
    public async Task A_limit_that_stays_ends_the_requests_to_the_host_after_two_retries()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(_ => true, Limited(null));

        Assert.Equal(Verdict.Limited, (await fixture.ResolveThroughWaitsAsync()).Verdict);
        Assert.Equal(Verdict.Limited, (await fixture.ResolveThroughWaitsAsync()).Verdict);

        Assert.Equal(3, fixture.Requests.Count);
    }

    [Fact]
    public async Task A_limited_token_server_is_asked_again_too()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        fixture.Registry.Tokens.Next(Limited("1"));

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal(2, fixture.TokenRequests.Count);
        Assert.Equal(2, fixture.Client.Statistics.TokenRequests);
    }

    [Fact]
    public async Task A_limited_GET_is_repeated()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(request => request.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.Next(Limited(null));

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal("HEAD none, GET none, GET none", fixture.Traffic);
    }

    private static async Task<RegistryFixture> StartAsync(FakeAuthentication authentication = FakeAuthentication.None)
    {
        var fixture = await RegistryFixture.StartAsync(authentication);
        fixture.Options = new RegistryOptions { RetriesRateLimits = true };
        return fixture;
    }

    private static FakeReply Limited(string? retryAfter) =>
        retryAfter is null ? FakeReply.Of(429) : FakeReply.Of(429).With("Retry-After", retryAfter);
}
