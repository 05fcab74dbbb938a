using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Credentials stay on this machine unless TLS protects them.</summary>
public sealed class PlainHttpTests : IDisposable
{
    private const string Host = "registry.example.com";
    private const string Withheld = $"credentials for {Host} are not sent: http://{Host} is plain HTTP, which others "
        + "can read; use https with caFile, or remove the credentials";

    private readonly string _password = Path.GetTempFileName();
    private int _helperRuns;

    public static TheoryData<FakeAuthentication, string> Cases => new(
        from kind in (FakeAuthentication[])[FakeAuthentication.Basic, FakeAuthentication.Token]
        from credential in (string[])["password", "helper", "docker config", "registry token", "identity token"]
        select (kind, credential));

    public void Dispose() => File.Delete(_password);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_registry_beyond_loopback_gets_no_credential(FakeAuthentication kind, string credential)
    {
        await using var fixture = await RegistryFixture.StartAsync(kind);
        await using var proxy = FakeProxy.Start(fixture.Registry.Address);

        var result = await ResolveAsync(OptionsOf(proxy, credential));

        Assert.Equal((Verdict.Config, Withheld), (result.Verdict, result.Message));
        Assert.Equal("HEAD none", fixture.Traffic);
        Assert.Empty(fixture.TokenRequests);
        Assert.DoesNotContain(proxy.Requests, head => head.Contains("Authorization:"));
        Assert.Equal(0, _helperRuns);
    }

    [Fact]
    public async Task A_credential_that_the_registry_does_not_want_is_no_matter()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var proxy = FakeProxy.Start(fixture.Registry.Address);

        fixture.AssertFound(await ResolveAsync(OptionsOf(proxy, "password")));
    }

    [Fact]
    public async Task An_anonymous_token_is_no_credential()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var proxy = FakeProxy.Start(fixture.Registry.Address);
        fixture.Registry.When(request => request.Path == "/token", FakeReply.Of(200, """{"token": "anyone"}"""));
        fixture.Registry.When(
            request => request.AuthKind == "none",
            FakeReply.Of(401).With("WWW-Authenticate", "Bearer realm=\"/token\",service=\"it\""));

        fixture.AssertFound(await ResolveAsync(OptionsOf(proxy, "none")));
    }

    [Fact]
    public async Task A_token_server_beyond_loopback_gets_no_credential_of_a_registry_on_loopback()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true, FakeReply.Of(401).With("WWW-Authenticate", "Bearer realm=\"http://auth.invalid/token\""));
        fixture.Options = new()
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new() { Username = "ann", PasswordFile = _password },
            }
        };

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Equal(
            $"{fixture.Registry.Host}: its token server http://auth.invalid/token is another host in plain http, which "
                + "is not declared insecure; use https",
            result.Message);
    }

    private static async Task<Fetched<Digest>> ResolveAsync(RegistryOptions options)
    {
        using var client = new RegistryClient(options, new ManualTimeProvider());
        return (await client.ResolveAsync(
            [ImageReference.Parse($"{Host}/app:v1")], TestContext.Current.CancellationToken))[0];
    }

    private RegistryOptions OptionsOf(FakeProxy proxy, string credential) => new()
    {
        Proxy = ProxySettings.FromEnvironment(name => name == "HTTP_PROXY" ? $"http://{proxy.Host}" : null),
        Hosts = new Dictionary<string, RegistryHostOptions> { [Host] = HostOf(credential) },
        Credentials = DockerConfig.Read(credential switch
        {
            "docker config" => Auths("\"username\": \"ann\", \"password\": \"s3cret\""),
            "registry token" => Auths("\"registrytoken\": \"s3cret\""),
            "identity token" => Auths("\"username\": \"ann\", \"identitytoken\": \"s3cret\""),
            _ => "{}",
        }),
        CredentialHelper = (_, _, _) =>
        {
            _helperRuns++;
            return Task.FromResult(Fetched<RegistryCredential>.Of(new() { Username = "ann", Password = "s3cret" }));
        },
    };

    private RegistryHostOptions HostOf(string credential) => credential switch
    {
        "password" => new() { Insecure = true, Username = "ann", PasswordFile = _password },
        "helper" => new() { Insecure = true, CredentialHelper = "counting" },
        _ => new() { Insecure = true },
    };

    private static string Auths(string entry) => $$"""{"auths": {"{{Host}}": { {{entry}} } } }""";
}
