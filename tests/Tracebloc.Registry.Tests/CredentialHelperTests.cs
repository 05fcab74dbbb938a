using System.Collections.Concurrent;
using System.Text;
using Tracebloc.Testing.Registry;
using CredentialHelper = System.Func<
    string,
    string,
    System.Threading.CancellationToken,
    System.Threading.Tasks.Task<Tracebloc.Registry.Fetched<Tracebloc.Registry.RegistryCredential>>>;

namespace Tracebloc.Registry.Tests;

public sealed class CredentialHelperTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "secret", ["bob"] = "other" };

    private readonly ConcurrentQueue<string> _asked = [];

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task A_host_that_wants_credentials_gets_those_of_its_helper_which_is_asked_once(
        FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication, Has("ann"));
        string[] names = ["app:v1", .. Enumerable.Range(0, 20).Select(i => $"app-{i}:v1")];

        var results = await fixture.ResolveAllAsync(names);
        var again = await fixture.ResolveAsync();

        fixture.AssertFound(results[0]);
        fixture.AssertFound(again);
        Assert.Equal([$"fake {fixture.Registry.Host}"], _asked);
    }

    [Fact]
    public async Task A_registry_that_is_open_to_all_asks_no_helper()
    {
        await using var fixture = await StartAsync(FakeAuthentication.None, Has("ann"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_identity_token_of_a_helper_is_traded_at_the_token_server()
    {
        await using var fixture = await StartAsync(
            FakeAuthentication.Token, Gives(new RegistryCredential { IdentityToken = "secret" }));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("secret", Assert.Single(fixture.TokenRequests).Form["refresh_token"]);
    }

    [Fact]
    public async Task A_helper_that_has_none_leaves_it_to_what_is_stored()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic, Fails(Verdict.NotFound, "nothing here"));
        fixture.Options = fixture.Options with { Credentials = Stored(fixture, "bob") };

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("bob:other", Decode(fixture.Requests[^1]));
    }

    [Fact]
    public async Task A_helper_that_has_none_leaves_a_public_image_public()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token, Fails(Verdict.NotFound, "nothing here"));
        fixture.Registry.Push("other", "v1", "other");

        var results = await fixture.ResolveAllAsync("app:v1", "other:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.All(results, result => Assert.Empty(result.Warnings));
        Assert.Equal(["none"], fixture.TokenRequests.Select(request => request.AuthKind));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_helper_that_fails_is_no_helper_that_has_none()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token, Fails(Verdict.Transient, "it broke"));

        var results = await fixture.ResolveAllAsync("app:v1", "app:v1", "other:v1");

        Assert.All(results, result => Assert.Equal((Verdict.Auth, "it broke"), (result.Verdict, result.Message)));
        Assert.Empty(fixture.TokenRequests);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_helper_that_fails_is_gone_without_only_where_that_is_allowed_and_said()
    {
        await using var fixture = await StartAsync(
            FakeAuthentication.Token, Fails(Verdict.Transient, "it broke"), anonymousRetry: true);

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Equal(["it broke; retried anonymously"], result.Warnings);
    }

    [Fact]
    public async Task What_a_docker_configuration_names_is_not_run()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic, Has("ann"), own: false);
        var host = fixture.Registry.Host;
        fixture.Options = fixture.Options with
        {
            Credentials = DockerConfig.Read($$"""
                {"auths": {"{{host}}": {"username": "ann", "password": "secret"} }, "credsStore": "desktop"}
                """),
        };

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("ghcr.io", "ghcr.io")]
    [InlineData("localhost:5000", "localhost:5000")]
    public void A_registry_has_the_name_that_docker_login_files_it_under(string domain, string server) =>
        Assert.Equal(server, RegistryEndpoint.For(domain, new RegistryOptions()).HelperServer);

    private static async Task<RegistryFixture> StartAsync(
        FakeAuthentication authentication, CredentialHelper helper, bool own = true, bool anonymousRetry = false)
    {
        var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Authentication = authentication, Users = Users });
        fixture.Options = new RegistryOptions
        {
            CredentialHelper = helper,
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new()
                {
                    CredentialHelper = own ? "fake" : null,
                    AnonymousRetry = anonymousRetry,
                },
            },
        };
        return fixture;
    }

    private CredentialHelper Has(string user) =>
        Gives(new RegistryCredential { Username = user, Password = Users[user] });

    private CredentialHelper Gives(RegistryCredential credential) =>
        Answers(Fetched<RegistryCredential>.Of(credential));

    private CredentialHelper Fails(Verdict verdict, string message) =>
        Answers(Fetched<RegistryCredential>.Failed(verdict, message));

    private CredentialHelper Answers(Fetched<RegistryCredential> answer) => (helper, server, _) =>
    {
        _asked.Enqueue($"{helper} {server}");
        return Task.FromResult(answer);
    };

    private static CredentialStore Stored(RegistryFixture fixture, string user) => CredentialStore.Empty.With(
        fixture.Registry.Host, new RegistryCredential { Username = user, Password = Users[user] });

    private static string Decode(FakeRequest request) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(request.Authorization!["Basic ".Length..]));
}
