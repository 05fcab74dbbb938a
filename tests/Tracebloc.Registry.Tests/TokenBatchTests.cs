using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TokenBatchTests
{
    [Fact]
    public async Task The_scopes_of_all_images_of_a_host_go_into_one_request()
    {
        await using var fixture = await StartWithThreeAsync();

        await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.Equal(
            ["repository:a:pull", "repository:b/c:pull", "repository:app:pull"],
            Assert.Single(fixture.TokenRequests).Scopes);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(414)]
    [InlineData(431)]
    public async Task Scopes_that_are_refused_together_are_asked_for_one_by_one(int status)
    {
        await using var fixture = await StartWithThreeAsync();
        fixture.Registry.Tokens.When(request => request.Scopes.Count > 1, FakeReply.Of(status));

        var results = await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.Equal([3, 1, 1, 1], fixture.TokenRequests.Select(request => request.Scopes.Count));
    }

    [Fact]
    public async Task A_token_that_lacks_one_scope_is_split_for_that_image_only()
    {
        var denyOnce = 1;
        await using var fixture = await StartWithThreeAsync(
            (_, name) => name != "a" || Interlocked.Decrement(ref denyOnce) < 0);

        var results = await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.Equal([3, 1], fixture.TokenRequests.Select(request => request.Scopes.Count));
        Assert.Equal("repository:a:pull", fixture.TokenRequests[1].Scopes[0]);
    }

    [Fact]
    public async Task An_image_without_access_does_not_take_the_others_with_it()
    {
        await using var fixture = await StartWithThreeAsync((_, name) => name != "a");

        var results = await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.Equal([Verdict.Auth, Verdict.Ok, Verdict.Ok], results.Select(result => result.Verdict));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(431)]
    public async Task A_token_too_long_for_the_registry_is_split(int status)
    {
        await using var fixture = await StartWithThreeAsync();
        var batch = fixture.Registry.Tokens.Issue("a", "b/c", "app");
        fixture.Registry.Tokens.Next(ChallengeFlowTests.Token(batch));
        fixture.Registry.When(r => r.Authorization == $"Bearer {batch}", FakeReply.Of(status));

        var results = await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
    }

    [Fact]
    public async Task Five_hundred_scopes_keep_each_URL_far_below_eight_kilobytes()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var names = Enumerable.Range(0, 500).Select(i => $"team-{i}/a-rather-long-name-for-an-image:v1").ToArray();
        foreach (var name in names)
            fixture.Registry.Push(name.Split(':')[0], "v1", name);

        var results = await fixture.ResolveAllAsync(names);

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.All(fixture.TokenRequests, request => Assert.InRange(request.Query.Length, 1, 4096));
        Assert.InRange(fixture.TokenRequests.Count, 10, 12);
    }

    [Fact]
    public async Task A_token_server_that_limits_is_not_asked_for_every_image()
    {
        await using var fixture = await StartWithThreeAsync();
        fixture.Registry.Tokens.When(_ => true, FakeReply.Of(429).With("Retry-After", "60"));

        var results = await fixture.ResolveAllAsync("a:v1", "b/c:v1", "app:v1");

        Assert.All(results, result => Assert.Equal(Verdict.Limited, result.Verdict));
        Assert.All(results, result => Assert.Equal(fixture.Time.GetUtcNow().AddSeconds(60), result.RetryAt));
        Assert.Single(fixture.TokenRequests);
    }

    [Fact]
    public async Task A_token_server_in_trouble_is_asked_again_twice_and_then_left_alone()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Tokens.When(_ => true, FakeReply.Of(503));

        Assert.Equal(Verdict.Transient, (await fixture.ResolveThroughWaitsAsync()).Verdict);

        Assert.Equal(3, fixture.TokenRequests.Count);
    }

    private static async Task<RegistryFixture> StartWithThreeAsync(Func<string?, string, bool>? canPull = null)
    {
        var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { CanPull = canPull ?? ((_, _) => true) });
        fixture.Registry.Push("a", "v1", "a");
        fixture.Registry.Push("b/c", "v1", "b/c");
        return fixture;
    }
}
