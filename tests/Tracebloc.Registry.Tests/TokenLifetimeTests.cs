using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TokenLifetimeTests
{
    [Theory]
    [InlineData("", 60)]
    [InlineData(",\"expires_in\":0", 60)]
    [InlineData(",\"expires_in\":30", 60)]
    [InlineData(",\"expires_in\":-5", 60)]
    [InlineData(",\"expires_in\":300", 300)]
    [InlineData(",\"expires_in\":\"300\"", 300)]
    [InlineData(",\"expires_in\":999999999999", 3600)]
    [InlineData(",\"expires_in\":300,\"issued_at\":\"2001-01-01T00:00:00Z\"", 300)]
    [InlineData(",\"expires_in\":300,\"issued_at\":\"2099-01-01T00:00:00Z\"", 300)]
    public async Task A_token_is_used_for_nearly_all_of_its_life_and_no_longer(string members, int seconds)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Tokens.When(
            _ => true, FakeReply.Of(200, $"{{\"token\":\"{fixture.Registry.Tokens.Issue("app")}\"{members}}}"));
        await fixture.ResolveAsync();

        fixture.Time.Advance(TimeSpan.FromSeconds((seconds * 0.9) - 1));
        fixture.AssertFound(await fixture.ResolveAsync());
        Assert.Single(fixture.TokenRequests);

        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        fixture.AssertFound(await fixture.ResolveAsync());
        Assert.Equal(2, fixture.TokenRequests.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_jumps_a_day_does_not_age_a_token(int days)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        await fixture.ResolveAsync();

        fixture.Time.SetUtcNow(fixture.Time.GetUtcNow().AddDays(days));

        fixture.AssertFound(await fixture.ResolveAsync());
        Assert.Single(fixture.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_stops_being_taken_among_forty_images_is_renewed_once_for_all()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var names = Enumerable.Range(0, 40).Select(i => $"app-{i}:v1").ToArray();
        foreach (var name in names)
            fixture.Registry.Push(name.Split(':')[0], "v1", name);
        await fixture.ResolveAllAsync(names);
        fixture.Registry.Tokens.Revoke();

        var results = await fixture.ResolveAllAsync(names);

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.Equal(2, fixture.TokenRequests.Count);
    }

    [Fact]
    public async Task A_token_that_is_never_taken_is_renewed_once_and_then_access_is_refused()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Tokens.When(_ => true, ChallengeFlowTests.Token("worthless"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Equal(2, fixture.TokenRequests.Count);
        Assert.Equal("HEAD none, HEAD Bearer, HEAD Bearer, GET Bearer", fixture.Traffic);
    }
}
