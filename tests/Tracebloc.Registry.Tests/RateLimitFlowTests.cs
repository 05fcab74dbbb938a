using System.Globalization;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class RateLimitFlowTests
{
    private static readonly DateTimeOffset ServerNow = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 1)]
    [InlineData("-5", 1)]
    [InlineData("86400", 86400)]
    [InlineData("9999999", 86400)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", 60)]
    [InlineData("Friday, 02-Jan-26 03:05:05 GMT", 60)]
    [InlineData("Fri Jan  2 03:05:05 2026", 60)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 1)]
    public async Task The_wait_that_a_429_announces_is_reported(string retryAfter, int seconds)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, Limited(retryAfter));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Limited, result.Verdict);
        Assert.Equal(fixture.Time.GetUtcNow().AddSeconds(seconds), result.RetryAt);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task An_absolute_time_in_seconds_is_taken_for_one()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var until = ServerNow.AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        fixture.Registry.When(_ => true, Limited(until));

        Assert.Equal(fixture.Time.GetUtcNow().AddMinutes(5), (await fixture.ResolveAsync()).RetryAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_date_is_read_by_the_servers_clock(int skewInDays)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Time.SetUtcNow(ServerNow.AddDays(skewInDays));
        fixture.Registry.When(_ => true, Limited("Fri, 02 Jan 2026 03:05:05 GMT"));

        Assert.Equal(ServerNow.AddDays(skewInDays).AddMinutes(1), (await fixture.ResolveAsync()).RetryAt);
    }

    [Fact]
    public async Task Without_an_announced_wait_each_limit_doubles_the_last()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, Limited(null));

        foreach (var seconds in (double[])[1, 2, 4, 8])
        {
            var now = fixture.Time.GetUtcNow();
            var wait = (await fixture.ResolveAsync()).RetryAt - now;
            Assert.InRange(wait.GetValueOrDefault().TotalSeconds, seconds, seconds * 1.5);
            fixture.Time.Advance(wait.GetValueOrDefault());
        }
    }

    [Fact]
    public async Task After_an_answer_the_waits_start_again_at_one_second()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        foreach (var limited in (bool[])[true, true, false, true])
        {
            if (limited)
                fixture.Registry.Next(Limited(null));
            var now = fixture.Time.GetUtcNow();
            var result = await fixture.ResolveAsync();

            Assert.Equal(limited ? Verdict.Limited : Verdict.Ok, result.Verdict);
            if (fixture.Requests.Count == 4)
                Assert.InRange((result.RetryAt - now).GetValueOrDefault().TotalSeconds, 1, 1.5);
            fixture.Time.Advance(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task A_body_that_announces_microseconds_still_means_a_second()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(405));
        const string body = "toomanyrequests: retry-after: 331.163µs, allowed: 44000/minute";
        fixture.Registry.When(_ => true, FakeReply.Of(429, body, "text/plain"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Limited, result.Verdict);
        var wait = result.RetryAt - fixture.Time.GetUtcNow();
        Assert.InRange(wait.GetValueOrDefault(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_limiting_host_is_not_asked_for_the_other_images()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, Limited("60"));

        var results = await fixture.ResolveAllAsync([.. Enumerable.Range(0, 40).Select(i => $"app-{i}:v1")]);

        Assert.All(results, result => Assert.Equal(Verdict.Limited, result.Verdict));
        Assert.Single(fixture.Requests);
    }

    [Fact]
    public async Task A_limiting_host_is_left_alone_until_the_announced_time()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(Limited("60"));
        await fixture.ResolveAsync();

        fixture.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(Verdict.Limited, (await fixture.ResolveAsync()).Verdict);
        Assert.Single(fixture.Requests);

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task A_limiting_host_does_not_hold_up_another()
    {
        await using var limited = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var other = await RegistryFixture.StartAsync(FakeAuthentication.None);
        limited.Registry.When(_ => true, Limited("86400"));

        var results = await limited.Client.ResolveAsync(
            [limited.Image(), other.Image()], TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Limited, results[0].Verdict);
        other.AssertFound(results[1]);
    }

    private static FakeReply Limited(string? retryAfter)
    {
        var reply = FakeReply.Of(429).With("Date", ServerNow.ToString("R", CultureInfo.InvariantCulture));
        return retryAfter is null ? reply : reply.With("Retry-After", retryAfter);
    }
}
