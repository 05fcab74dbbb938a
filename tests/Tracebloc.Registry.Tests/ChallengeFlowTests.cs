using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class ChallengeFlowTests
{
    private const string Service = FakeTokenServer.Service;

    [Theory]
    [InlineData("Bearer realm=\"{realm}\",service=\"{service}\",scope=\"repository:app:pull\"")]
    [InlineData("bearer REALM=\"{realm}\",Service=\"{service}\",SCOPE=\"repository:app:pull\"")]
    [InlineData("Bearer realm={realm}, service = {service} , scope=\"repository:app:pull\"")]
    [InlineData("Bearer realm=\"{realm}\",service=\"{service}\"")]
    [InlineData("Bearer realm=\"{realm}\",service=\"{service}\",scope=\"repository:app:pull,push\"")]
    [InlineData("Negotiate, Bearer realm=\"{realm}\",service=\"{service}\"")]
    [InlineData("Basic realm=\"a, b\\\"c\", Bearer realm=\"{realm}\",service=\"{service}\"")]
    [InlineData("Bearer realm=\"/token\",service=\"{service}\"")]
    public async Task A_bearer_challenge_is_followed_however_it_is_written(string challenge)
    {
        await using var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions { TokensOnSameHost = true });
        Challenge(fixture, challenge);

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("repository:app:pull", Assert.Single(Assert.Single(fixture.TokenRequests).Scopes));
    }

    [Theory]
    [InlineData("Basic realm=\"x\"", "Bearer realm=\"{realm}\",service=\"{service}\"")]
    [InlineData("Bearer realm=\"{realm}\",service=\"{service}\"", "Basic realm=\"x\"")]
    [InlineData("Negotiate", "Bearer realm=\"{realm}\",service=\"{service}\"")]
    public async Task Bearer_is_chosen_among_several_header_lines(params string[] challenges)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Challenge(fixture, challenges);

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, HEAD Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task A_missing_service_is_left_out_of_the_token_request()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Challenge(fixture, "Bearer realm=\"{realm}\"");
        fixture.Registry.Tokens.Next(Token(fixture.Registry.Tokens.Issue("app")));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("?scope=repository:app:pull", Assert.Single(fixture.TokenRequests).Query);
    }

    [Fact]
    public async Task A_scope_that_differs_from_the_image_is_asked_for_beside_it_once()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Challenge(fixture, "Bearer realm=\"{realm}\",service=\"{service}\",scope=\"repository:remote/app:pull\"");

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(
            ["repository:app:pull", "repository:remote/app:pull"], Assert.Single(fixture.TokenRequests).Scopes);
    }

    [Fact]
    public async Task A_missing_realm_is_a_matter_of_configuration()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Challenge(fixture, "Bearer service=\"{service}\"");

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Contains("realm", result.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Theory]
    [InlineData("http://169.254.169.254/token")]
    [InlineData("http://[fe80::1]/token")]
    [InlineData("http://10.0.0.7/token")]
    [InlineData("http://[::ffff:192.168.0.1]/token")]
    [InlineData("http://localhost/token")]
    [InlineData("http://127.0.0.2/token")]
    public async Task A_realm_at_a_private_address_is_refused(string realm)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "user", "secret");
        Challenge(fixture, $"Bearer realm=\"{realm}\"");

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Contains("private address", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Client.Statistics.TokenRequests);
    }

    [Fact]
    public async Task Without_a_challenge_the_ping_is_asked_for_one_once()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Push("other", "v1", "other");
        fixture.Registry.When(r => r.Method == "HEAD" && r.AuthKind == "none", FakeReply.Of(401));

        var results = await fixture.ResolveAllAsync("app:v1", "other:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.Equal("HEAD none, GET none, HEAD Bearer, HEAD Bearer", fixture.Traffic);
        Assert.Equal("/v2/", fixture.Requests[1].Path);
    }

    [Fact]
    public async Task Without_a_challenge_anywhere_access_is_refused()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(_ => true, FakeReply.Of(401));

        var results = await fixture.ResolveAllAsync("app:v1", "app:v2");

        Assert.All(results, result => Assert.Equal(Verdict.Auth, result.Verdict));
        Assert.Single(fixture.Requests, request => request.Path == "/v2/");
    }

    [Fact]
    public async Task A_registry_that_offers_only_what_nobody_speaks_refuses_access()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Challenge(fixture, "Negotiate");

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task A_challenge_that_only_a_later_image_meets_is_followed_too()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var digest = fixture.Registry.Push("public", "v1", "public");
        fixture.Registry.When(
            r => r.Repository == "public", FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "public")));

        var results = await fixture.ResolveAllAsync("public:v1", "app:v1");

        Assert.Equal(digest, results[0].Value?.ToString());
        fixture.AssertFound(results[1]);
        Assert.Equal("HEAD none, HEAD none, HEAD Bearer", fixture.Traffic);
    }

    internal static FakeReply Token(string token) => FakeReply.Of(200, $"{{\"token\":\"{token}\"}}");

    private static void Challenge(RegistryFixture fixture, params string[] lines)
    {
        var reply = FakeReply.Of(401);
        foreach (var line in lines)
            reply = reply.With("WWW-Authenticate", line
                .Replace("{realm}", fixture.Registry.Tokens.Realm.AbsoluteUri, StringComparison.Ordinal)
                .Replace("{service}", Service, StringComparison.Ordinal));
        fixture.Registry.When(request => request.AuthKind == "none", reply);
    }
}
