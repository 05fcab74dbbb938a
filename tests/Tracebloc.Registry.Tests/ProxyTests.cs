using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class ProxyTests
{
    private const string Basic = "Basic YW5uOnNlY3JldA==";

    [Fact]
    public async Task A_proxy_is_asked_with_its_credentials()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var proxy = FakeProxy.Start(fixture.Registry.Address, authorization: Basic);
        var options = OptionsFor($"http://ann:secret@{proxy.Host}") with { Hosts = Insecure };

        fixture.AssertFound(await ResolveAsync("registry.example.com/app:v1", options));

        Assert.StartsWith(
            "HEAD http://registry.example.com/v2/app/manifests/v1 ", proxy.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_goes_through_a_tunnel()
    {
        using var authority = TestCertificates.Create();
        var caFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(caFile, authority.AuthorityPem, TestContext.Current.CancellationToken);
        var listener = new FakeListenerOptions { Certificate = authority.IssueServer("registry.example.com") };
        await using var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Listener = listener, Authentication = FakeAuthentication.None });
        await using var proxy = FakeProxy.Start(fixture.Registry.Address);

        var options = OptionsFor($"http://{proxy.Host}") with
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                ["registry.example.com"] = new() { CaFile = caFile },
            },
        };
        fixture.AssertFound(await ResolveAsync("registry.example.com/app:v1", options));
        File.Delete(caFile);

        Assert.StartsWith("CONNECT registry.example.com:443 ", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("*", "127.0.0.1")]
    [InlineData(".0.0.1,127.0.0.1", "127.0.0.1")]
    public async Task What_NO_PROXY_covers_is_asked_directly(string noProxy, string host)
    {
        await using var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions
            {
                Listener = new FakeListenerOptions { HostName = host },
                Authentication = FakeAuthentication.None,
            });
        await using var proxy = FakeProxy.Start(fixture.Registry.Address, refusal: "502 Bad Gateway");
        fixture.Options = OptionsFor($"http://{proxy.Host}", noProxy);

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_proxy_that_wants_credentials_is_a_matter_of_configuration(string scheme)
    {
        await using var proxy = FakeProxy.Start(new Uri("http://127.0.0.1:1"), authorization: Basic);
        var options = OptionsFor($"http://ann:wrong-secret@{proxy.Host}");

        var result = await ResolveAsync(
            "registry.example.com/app:v1", scheme == "http" ? options with { Hosts = Insecure } : options);

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Contains("proxy", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_cannot_reach_the_registry_is_worth_another_try()
    {
        await using var proxy = FakeProxy.Start(new Uri("http://127.0.0.1:1"), refusal: "502 Bad Gateway");

        var options = OptionsFor($"http://ann:secret@{proxy.Host}");
        var result = await ResolveAsync("registry.example.com/app:v1", options);

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, RegistryHostOptions> Insecure =>
        new() { ["registry.example.com"] = new() { Insecure = true } };

    private static RegistryOptions OptionsFor(string proxy, string? noProxy = null) => new()
    {
        Proxy = ProxySettings.FromEnvironment(variable => variable switch
        {
            "HTTP_PROXY" or "HTTPS_PROXY" => proxy,
            "NO_PROXY" => noProxy,
            _ => null,
        }),
    };

    private static async Task<Fetched<Digest>> ResolveAsync(string image, RegistryOptions options)
    {
        using var client = new RegistryClient(options, new ManualTimeProvider());
        return (await client.ResolveAsync([ImageReference.Parse(image)], TestContext.Current.CancellationToken))[0];
    }
}
