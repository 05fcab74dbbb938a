using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Registries whose challenges ask for more than the right to pull.</summary>
public sealed class TokenScopeTests
{
    private const string Plain = "repository:app:pull";
    private const string Wide = "repository:app:pull,metadata_read";

    [Theory]
    [InlineData(401, Plain, Wide)]
    [InlineData(401, null, "repository:app:metadata_read")]
    [InlineData(401, Wide, null)]
    [InlineData(403, Plain, Wide)]
    [InlineData(403, null, Wide)]
    [InlineData(403, Wide, "")]
    public async Task After_a_refused_token_one_is_asked_for_with_the_scope_of_either_challenge(
        int status, string? first, string? second)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(request => request.AuthKind == "none", Refusal(fixture, 401, first));
        fixture.Registry.When(_ => true, Refusal(fixture, status, second), times: 1);

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, HEAD Bearer, HEAD Bearer", fixture.Traffic);
        Assert.Equal([Plain, Wide], fixture.TokenRequests.Select(request => Assert.Single(request.Scopes)));
    }

    [Fact]
    public void Of_a_thousand_other_scopes_eight_are_asked_for()
    {
        var scopes = Enumerable.Range(0, 1000).Select(i => $"repository:other-{i}:pull");
        var challenge = new Challenge { Scheme = "Bearer", Scope = string.Join(' ', scopes.Append(Plain)) };

        Assert.Equal(8, TokenScope.Others(challenge, "app").Count);
    }

    [Fact]
    public async Task The_wider_token_is_kept_for_the_next_call()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(
            request => request.AuthKind == "Bearer", Refusal(fixture, 401, Wide), times: 1);
        await fixture.ResolveAsync();
        fixture.Registry.ClearRequests();

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD Bearer", fixture.Traffic);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_registry_that_always_wants_more_gets_two_tokens_and_no_more(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(request => request.AuthKind == "Bearer", Refusal(fixture, status, Wide));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Equal("HEAD none, HEAD Bearer, HEAD Bearer, GET Bearer", fixture.Traffic);
        Assert.Equal(2, fixture.TokenRequests.Count);
    }

    [Fact]
    public async Task A_403_that_asks_for_nothing_more_costs_no_second_token()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(request => request.AuthKind == "Bearer", Refusal(fixture, 403, Plain));

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);

        Assert.Single(fixture.TokenRequests);
    }

    [Fact]
    public async Task A_403_to_HEAD_alone_falls_back_to_GET_where_no_wider_token_is_given()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(request => request.AuthKind == "none", Refusal(fixture, 401, "repository:app:pull,push"));
        fixture.Registry.When(request => request.Method == "HEAD", FakeReply.Of(403));
        fixture.Registry.Tokens.When(
            request => request.Scopes.Contains("repository:app:pull,push"), FakeReply.Of(403));

        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task A_403_with_a_Bearer_challenge_is_met_like_a_401()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(request => request.AuthKind == "none", Refusal(fixture, 403, Plain));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, HEAD Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task Several_scopes_of_one_challenge_are_asked_for_together()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(
            request => request.AuthKind == "none", Refusal(fixture, 401, $"{Plain} repository:base:pull"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal([Plain, "repository:base:pull"], Assert.Single(fixture.TokenRequests).Scopes);
    }

    [Theory]
    [InlineData("repository:app:pull", null)]
    [InlineData("repository:app:", null)]
    [InlineData("repository:app", null)]
    [InlineData("repository:other:pull,push", null)]
    [InlineData("", null)]
    [InlineData("repository:app:push,pull", "repository:app:pull,push")]
    [InlineData("repository:app:*", "repository:app:pull,*")]
    [InlineData("repository:app:push repository:app:delete,push", "repository:app:pull,push,delete")]
    public void More_than_pull_is_wider(string asked, string? wider) =>
        Assert.Equal(wider, TokenScope.Wider(new Challenge { Scheme = "Bearer", Scope = asked }, "app"));

    // Without a scope where it is null, and without a challenge where it is empty.
    private static FakeReply Refusal(RegistryFixture fixture, int status, string? scope)
    {
        if (scope == "")
            return FakeReply.Of(status);
        var challenge = $"Bearer realm=\"{fixture.Registry.Tokens.Realm}\",service=\"{FakeTokenServer.Service}\"";
        return FakeReply.Of(status).With(
            "WWW-Authenticate", scope is null ? challenge : $"{challenge},scope=\"{scope}\"");
    }
}
