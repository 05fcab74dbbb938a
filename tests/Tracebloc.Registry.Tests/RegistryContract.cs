using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>The behaviour that the client relies on, of the fake and of docker-registry alike.</summary>
public abstract partial class RegistryContract
{
    // A real registry outlives a test, so that each has repositories of its own.
    private readonly string _repository = $"private/{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A running registry; or skips the test and says why.</summary>
    protected abstract Task<ContractRegistry> StartAsync();

    [Theory]
    [InlineData(FakeManifest.OciIndex)]
    [InlineData(FakeManifest.DockerList)]
    [InlineData(FakeManifest.OciManifest)]
    [InlineData(FakeManifest.DockerManifest)]
    public async Task A_tag_resolves_to_the_digest_of_what_was_pushed_and_not_of_a_child(string mediaType)
    {
        await using var registry = await StartAsync();
        var digest = await registry.PushAsync(_repository, "v1", mediaType, "first", Cancellation);
        using var client = ClientFor(registry);

        var result = await ResolveAsync(client, registry, $"{_repository}:v1");

        Assert.Equal(digest, result.Value?.ToString() ?? result.Message);
        Assert.Equal(0, client.Statistics.ManifestDownloads);
        Assert.Equal((2, 1), (client.Statistics.RegistryRequests, client.Statistics.TokenRequests));
    }

    [Fact]
    public async Task A_digest_resolves_to_itself()
    {
        await using var registry = await StartAsync();
        var digest = await PushAsync(registry, _repository);
        using var client = ClientFor(registry);

        var result = await ResolveAsync(client, registry, $"{_repository}@{digest}");

        Assert.Equal(digest, result.Value?.ToString() ?? result.Message);
    }

    [Fact]
    public async Task A_tag_that_moves_is_followed_there_and_back()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        foreach (var content in (string[])["first", "second", "first"])
        {
            var digest = await PushAsync(registry, _repository, content);

            var result = await ResolveAsync(client, registry, $"{_repository}:v1");

            Assert.Equal(digest, result.Value?.ToString() ?? result.Message);
        }
    }

    [Fact]
    public async Task Three_images_cost_one_token()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        string[] repositories = [$"{_repository}/a", $"{_repository}/b", $"{_repository}/c"];
        var digests = new List<string>();
        foreach (var repository in repositories)
            digests.Add(await PushAsync(registry, repository, repository));

        var results = await client.ResolveAsync(
            [.. repositories.Select(name => ImageReference.Parse($"{registry.Host}/{name}:v1"))], Cancellation);

        Assert.Equal(digests, results.Select(result => result.Value?.ToString() ?? result.Message));
        Assert.Equal((4, 1), (client.Statistics.RegistryRequests, client.Statistics.TokenRequests));
    }

    [Theory]
    [InlineData(":v2")]
    [InlineData("/nowhere:v1")]
    public async Task What_was_not_pushed_is_not_found(string suffix)
    {
        await using var registry = await StartAsync();
        await PushAsync(registry, _repository);
        using var client = ClientFor(registry);

        var result = await ResolveAsync(client, registry, _repository + suffix);

        Assert.Equal((Verdict.NotFound, null), (result.Verdict, result.Value));
    }

    [Fact]
    public async Task Without_credentials_access_is_refused()
    {
        await using var registry = await StartAsync();
        await PushAsync(registry, _repository);
        using var client = ClientFor(registry, null);

        Assert.Equal(Verdict.Auth, (await ResolveAsync(client, registry, $"{_repository}:v1")).Verdict);
    }

    [Fact]
    public async Task With_a_wrong_password_access_is_refused()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry, registry.User with { Password = "wrong" });

        Assert.Equal(Verdict.Auth, (await ResolveAsync(client, registry, $"{_repository}:v1")).Verdict);
        Assert.Equal((1, 1), (client.Statistics.RegistryRequests, client.Statistics.TokenRequests));
    }

    [Fact]
    public async Task What_a_credential_helper_has_lets_in()
    {
        await using var registry = await StartAsync();
        var digest = await PushAsync(registry, _repository);
        using var client = new RegistryClient(
            new RegistryOptions
            {
                Hosts = HostsOf(registry, new RegistryHostOptions { CredentialHelper = "fake" }),
                CredentialHelper = (_, _, _) => Task.FromResult(Fetched<RegistryCredential>.Of(registry.User)),
            },
            TimeProvider.System);

        var result = await ResolveAsync(client, registry, $"{_repository}:v1");

        Assert.Equal(digest, result.Value?.ToString() ?? result.Message);
    }

    [Fact]
    public async Task What_is_public_is_seen_in_spite_of_a_wrong_password_where_that_is_allowed()
    {
        await using var registry = await StartAsync();
        var repository = $"public/{Guid.NewGuid():N}";
        var digest = await PushAsync(registry, repository);
        using var client = new RegistryClient(
            new RegistryOptions
            {
                Hosts = HostsOf(registry, new RegistryHostOptions { AnonymousRetry = true }),
                Credentials = CredentialStore.Empty.With(registry.Host, registry.User with { Password = "wrong" }),
            },
            TimeProvider.System);

        var result = await ResolveAsync(client, registry, $"{repository}:v1");

        Assert.Equal(digest, result.Value?.ToString() ?? result.Message);
        Assert.Single(result.Warnings);
    }

    private static Task<string> PushAsync(ContractRegistry registry, string repository, string content = "first") =>
        registry.PushAsync(repository, "v1", FakeManifest.OciIndex, content, Cancellation);

    private static RegistryClient ClientFor(ContractRegistry registry) => ClientFor(registry, registry.User);

    private static RegistryClient ClientFor(ContractRegistry registry, RegistryCredential? credential)
    {
        var options = new RegistryOptions
        {
            Hosts = HostsOf(registry, new RegistryHostOptions()),
            Credentials = credential is null
                ? CredentialStore.Empty
                : CredentialStore.Empty.With(registry.Host, credential),
        };
        return new RegistryClient(options, TimeProvider.System);
    }

    private static Dictionary<string, RegistryHostOptions> HostsOf(
        ContractRegistry registry, RegistryHostOptions options) =>
        new() { [registry.Host] = options with { CaFile = registry.CaFile } };

    private static async Task<Fetched<Digest>> ResolveAsync(
        RegistryClient client, ContractRegistry registry, string name) =>
        (await client.ResolveAsync([ImageReference.Parse($"{registry.Host}/{name}")], Cancellation))[0];
}
