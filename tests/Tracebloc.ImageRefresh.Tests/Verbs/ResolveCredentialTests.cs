using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

/// <summary>That <c>resolve</c>, which knows no workload, has the credentials of the configuration.</summary>
public sealed class ResolveCredentialTests : IDisposable
{
    private readonly FakeHelper _helper = new();
    private readonly ConfigurationFile _file = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _helper.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task A_helper_lets_in_whoever_names_it()
    {
        await using var registry = await StartAsync();
        _helper.Has("acr-env", registry.Host, "<token>", "secret");

        Assert.Equal(
            ExitCodes.Done, await ResolveAsync(registry, "registries: {\"HOST\": {credentialHelper: acr-env}}"));

        Assert.Equal(["docker-credential-acr-env get"], _helper.Calls);
    }

    [Fact]
    public async Task Credentials_that_were_refused_are_gone_without_where_that_is_allowed_and_it_is_logged()
    {
        await using var registry = await StartAsync(anonymous: true);
        _file.With("password", "stale");

        Assert.Equal(ExitCodes.Done, await ResolveAsync(
            registry, "registries: {\"HOST\": {username: ann, passwordFile: password, anonymousRetry: true}}"));

        Assert.Equal(
            [$"Warning: {registry.Host}/app:v1: credentials for {registry.Host} were refused; retried anonymously"],
            _logger.Lines);
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_a_mistake_told_without_its_password()
    {
        var context = new ProgramContext(
            TimeProvider.System,
            name => name == "HTTPS_PROXY" ? "http://ann:hun#ter2@proxy" : null,
            _logger,
            new ResultWriter(() => Stream.Null));

        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => new ResolveVerb(_ => context).ExecuteAsync(
            new ResolveOptions { Images = ["ghcr.io/a/app:v1"] }, Cancelled));

        Assert.StartsWith("HTTPS_PROXY is not the address of a proxy; write http://host:port", fault.Message);
        Assert.DoesNotContain("hun", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, Fault.ExitCodeOf(fault));
    }

    private static async Task<FakeRegistry> StartAsync(bool anonymous = false)
    {
        var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions
            {
                Users = new Dictionary<string, string> { ["ann"] = "secret" },
                CanPull = (user, _) => anonymous || user == "ann",
            },
            Cancelled);
        registry.Push("app", "v1", "1");
        return registry;
    }

    private Task<int> ResolveAsync(FakeRegistry registry, string configuration)
    {
        var file = _file.With("refresh.yaml", configuration.Replace("HOST", registry.Host, StringComparison.Ordinal));
        var context = new ProgramContext(
            TimeProvider.System, _helper.Variable, _logger, new ResultWriter(() => new MemoryStream()));
        return new ResolveVerb(_ => context).ExecuteAsync(
            new ResolveOptions { Images = [$"{registry.Host}/app:v1"], Config = file }, Cancelled);
    }
}
