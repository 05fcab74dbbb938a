using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class IdentityTokenTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "refresh-me" };

    [Fact]
    public async Task An_identity_token_is_traded_by_OAuth2_POST()
    {
        await using var fixture = await StartAsync(takesOAuth2: true);

        fixture.AssertFound(await fixture.ResolveAsync());

        var request = Assert.Single(fixture.TokenRequests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("refresh_token", request.Form["grant_type"]);
        Assert.Equal("refresh-me", request.Form["refresh_token"]);
        Assert.Equal(FakeTokenServer.Service, request.Form["service"]);
        Assert.Equal("repository:app:pull", request.Form["scope"]);
        Assert.NotEmpty(request.Form["client_id"]);
        Assert.Equal("", request.Query);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_token_server_without_POST_is_asked_by_GET(int status)
    {
        await using var fixture = await StartAsync(takesOAuth2: true);
        fixture.Registry.Tokens.When(request => request.Method == "POST", FakeReply.Of(status));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(["POST", "GET"], fixture.TokenRequests.Select(request => request.Method));
        var sent = Convert.FromBase64String(fixture.TokenRequests[1].Authorization!["Basic ".Length..]);
        Assert.Equal("ann:refresh-me", Encoding.UTF8.GetString(sent));
    }

    [Fact]
    public async Task A_registry_token_is_sent_as_it_is()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var token = fixture.Registry.Tokens.Issue("app");
        Use(fixture, new RegistryCredential { RegistryToken = token });

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal($"Bearer {token}", fixture.Requests[1].Authorization);
        Assert.Empty(fixture.TokenRequests);
    }

    [Fact]
    public async Task A_registry_token_that_is_not_taken_is_not_sent_again()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Use(fixture, new RegistryCredential { RegistryToken = "worthless" });

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);

        Assert.Equal("HEAD none, HEAD Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task A_registry_token_that_no_header_can_carry_is_a_matter_of_configuration()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Use(fixture, new RegistryCredential { RegistryToken = "line\nbreak" });

        Assert.Equal(Verdict.Config, (await fixture.ResolveAsync()).Verdict);
    }

    private static async Task<RegistryFixture> StartAsync(bool takesOAuth2)
    {
        var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Users = Users, TakesOAuth2 = takesOAuth2, CanPull = (user, _) => user == "ann" });
        Use(fixture, new RegistryCredential { Username = "ann", IdentityToken = "refresh-me" });
        return fixture;
    }

    private static void Use(RegistryFixture fixture, RegistryCredential credential) =>
        fixture.Options = new RegistryOptions
        {
            Credentials = CredentialStore.Empty.With(fixture.Registry.Host, credential),
        };
}
