using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class MirrorTests
{
    private static readonly ImageReference Image = ImageReference.Parse("ghcr.io/app:v1");

    [Theory]
    [InlineData("{host}")]
    [InlineData("http://{host}")]
    [InlineData("http://{host}/")]
    public async Task The_mirror_is_asked_in_place_of_the_registry(string mirror)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        Use(fixture, mirror);

        fixture.AssertFound(await ResolveAsync(fixture));

        Assert.Equal("?ns=ghcr.io", Assert.Single(fixture.Requests).Query);
    }

    [Fact]
    public async Task A_path_of_the_mirror_comes_before_the_repository_and_into_the_scope()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var digest = fixture.Registry.Push("proxy/ghcr/app", "v1", "mirrored");
        Use(fixture, "{host}/proxy/ghcr/");

        Assert.Equal(digest, (await ResolveAsync(fixture)).Value?.ToString());

        Assert.Equal("/v2/proxy/ghcr/app/manifests/v1", fixture.Requests[0].Path);
        Assert.Equal("repository:proxy/ghcr/app:pull", Assert.Single(Assert.Single(fixture.TokenRequests).Scopes));
    }

    [Fact]
    public async Task The_mirror_gets_its_own_credentials_and_never_the_registrys()
    {
        var users = new Dictionary<string, string> { ["ann"] = "secret" };
        await using var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Authentication = FakeAuthentication.Basic, Users = users });
        fixture.Options = RegistryFixture.With("ghcr.io", "ann", "secret");
        Use(fixture, "{host}");

        Assert.Equal(Verdict.Auth, (await ResolveAsync(fixture)).Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);

        var own = RegistryFixture.With(fixture.Registry.Host, "ann", "secret") with { Hosts = fixture.Options.Hosts };
        using var client = new RegistryClient(own, fixture.Time);
        fixture.AssertFound((await client.ResolveAsync([Image], TestContext.Current.CancellationToken))[0]);
    }

    [Fact]
    public async Task A_mirror_without_the_image_does_not_send_the_client_to_the_registry()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Delete("app", "v1");
        Use(fixture, "{host}");

        Assert.Equal(Verdict.NotFound, (await ResolveAsync(fixture)).Verdict);
    }

    [Theory]
    [InlineData("http://mirror.example.com")]
    [InlineData("http://")]
    [InlineData("https://user:secret@mirror.example.com")]
    [InlineData("ftp://mirror.example.com")]
    public async Task A_mirror_that_cannot_be_asked_is_a_matter_of_configuration(string mirror)
    {
        using var client = new RegistryClient(OptionsFor(mirror), TimeProvider.System);

        var result = (await client.ResolveAsync([Image], TestContext.Current.CancellationToken))[0];

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
    }

    private static void Use(RegistryFixture fixture, string mirror) => fixture.Options = fixture.Options with
    {
        Hosts = OptionsFor(mirror.Replace("{host}", fixture.Registry.Host, StringComparison.Ordinal)).Hosts,
    };

    private static RegistryOptions OptionsFor(string mirror) => new()
    {
        Hosts = new Dictionary<string, RegistryHostOptions> { ["ghcr.io"] = new() { Mirror = mirror } },
    };

    private static async Task<Fetched<Digest>> ResolveAsync(RegistryFixture fixture) =>
        (await fixture.Client.ResolveAsync([Image], TestContext.Current.CancellationToken))[0];
}
