using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TokenRedirectTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "secret" };

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task On_the_same_host_the_credentials_are_kept(int status)
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        RedirectOnce(fixture, request => FakeReply.Redirect(status, $"/token?hop=1&{request.Query[1..]}"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(["Basic", "Basic"], fixture.TokenRequests.Select(request => request.AuthKind));
        Assert.Equal("HEAD none, HEAD Bearer", fixture.Traffic);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task On_the_same_host_a_refresh_token_is_posted_again(int status)
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        UseIdentityToken(fixture);
        RedirectOnce(fixture, _ => FakeReply.Redirect(status, "?hop=1"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(["POST", "POST"], fixture.TokenRequests.Select(request => request.Method));
        Assert.Equal("secret", fixture.TokenRequests[1].Form["refresh_token"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_host_gets_no_credentials(bool isIdentityToken)
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        await using var other = await StartAsync(FakeAuthentication.Token);
        if (isIdentityToken)
            UseIdentityToken(fixture);
        RedirectTo(fixture, other);
        other.Registry.Tokens.Next(ChallengeFlowTests.Token(fixture.Registry.Tokens.Issue("app")));

        fixture.AssertFound(await fixture.ResolveAsync());

        var request = Assert.Single(other.TokenRequests);
        Assert.Equal(("GET", "none"), (request.Method, request.AuthKind));
        Assert.Empty(request.Form);
    }

    [Fact]
    public async Task Another_host_that_refuses_does_not_make_the_credentials_bad()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        await using var other = await StartAsync(FakeAuthentication.Token);
        RedirectTo(fixture, other, times: 1);
        other.Registry.Tokens.Next(FakeReply.Of(401));

        var refused = await fixture.ResolveAsync();
        var found = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, refused.Verdict);
        Assert.Contains("credentials do not follow a redirect", refused.Message, StringComparison.Ordinal);
        Assert.Contains(other.Registry.Tokens.Realm.Authority, refused.Message, StringComparison.Ordinal);
        fixture.AssertFound(found);
    }

    [Fact]
    public async Task Another_host_that_refuses_one_repository_does_not_take_the_others_with_it()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        await using var other = await StartAsync(FakeAuthentication.Token);
        RedirectTo(fixture, other);
        other.Registry.Tokens.When(
            request => request.Scopes.Contains("repository:private:pull"), FakeReply.Of(401));
        other.Registry.Tokens.When(_ => true, ChallengeFlowTests.Token(fixture.Registry.Tokens.Issue("app")));

        var results = await fixture.ResolveAllAsync("private:v1", "app:v1");

        Assert.Equal(Verdict.Auth, results[0].Verdict);
        fixture.AssertFound(results[1]);
    }

    [Fact]
    public async Task A_loop_ends_after_five_redirects()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        fixture.Registry.Tokens.When(_ => true, request => FakeReply.Redirect(302, $"/token{request.Query}"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains("more than 5 redirects", result.Message, StringComparison.Ordinal);
        Assert.Equal(6, fixture.TokenRequests.Count);
        Assert.Equal(6, fixture.Client.Statistics.TokenRequests);
    }

    [Theory]
    [InlineData("http://169.254.169.254/token", "private address")]
    [InlineData("http://localhost:1/token", "private address")]
    [InlineData("http://auth.invalid/token", "not declared insecure")]
    [InlineData("file:///etc/passwd", "other than a web address")]
    [InlineData("", "without a target")]
    public async Task A_redirect_that_leads_astray_is_refused(string location, string reason)
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        fixture.Registry.Tokens.When(
            _ => true, location == "" ? FakeReply.Of(302) : FakeReply.Redirect(302, location));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.Single(fixture.TokenRequests);
    }

    [Theory]
    [InlineData("http://registry.example", "http://registry.example/token", false, true)]
    [InlineData("http://registry.example", "http://registry.example:5001/token", false, true)]
    [InlineData("http://registry.example", "http://auth.example/token", false, false)]
    [InlineData("http://registry.example", "http://auth.example/token", true, true)]
    [InlineData("http://registry.example", "https://auth.example/token", false, true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/token", false, true)]
    [InlineData("http://127.0.0.1:5000", "http://auth.example/token", false, false)]
    [InlineData("https://registry.example", "http://registry.example/token", true, false)]
    public void A_realm_of_a_plain_registry_stays_on_its_host(
        string registry, string realm, bool isDeclared, bool isTaken)
    {
        var challenge = new Challenge { Scheme = "Bearer", Realm = realm };

        Assert.Equal(isTaken, TokenRealm.Of(challenge, new Uri(registry), _ => isDeclared, out _) is not null);
    }

    [Fact]
    public async Task A_plain_registry_cannot_have_an_anonymous_token_fetched_elsewhere()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true, FakeReply.Of(401).With("WWW-Authenticate", "Bearer realm=\"http://auth.invalid/token\""));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.EndsWith("is not declared insecure; use https", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Client.Statistics.TokenRequests);
    }

    private static async Task<RegistryFixture> StartAsync(FakeAuthentication authentication)
    {
        var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Authentication = authentication, Users = Users });
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "ann", "secret");
        return fixture;
    }

    private static void UseIdentityToken(RegistryFixture fixture) => fixture.Options = new RegistryOptions
    {
        Credentials = CredentialStore.Empty.With(
            fixture.Registry.Host, new RegistryCredential { IdentityToken = "secret" }),
    };

    private static void RedirectOnce(RegistryFixture fixture, Func<FakeRequest, FakeReply> reply) =>
        fixture.Registry.Tokens.When(request => !request.Query.Contains("hop=1"), reply);

    private static void RedirectTo(RegistryFixture fixture, RegistryFixture other, int times = int.MaxValue) =>
        fixture.Registry.Tokens.When(
            _ => true, r => FakeReply.Redirect(307, $"{other.Registry.Tokens.Realm}{r.Query}"), times);
}
