using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class ConnectionTests : IDisposable
{
    private readonly TestCertificates _authority = TestCertificates.Create();
    private readonly string _caFile = Path.GetTempFileName();

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_caFile);
    }

    [Fact]
    public async Task A_few_images_share_one_connection()
    {
        await using var fixture = await StartAsync(http2: true);

        await ResolveAsync(fixture, count: 4);

        Assert.Equal("HTTP/1.1", Assert.Single(fixture.Requests.Select(request => request.Protocol).Distinct()));
        Assert.Single(fixture.Requests.Select(request => request.ConnectionId).Distinct());
    }

    [Fact]
    public async Task Many_images_share_one_HTTP2_connection()
    {
        await using var fixture = await StartAsync(http2: true);

        await ResolveAsync(fixture, count: 100);

        Assert.Equal("HTTP/2", Assert.Single(fixture.Requests.Select(request => request.Protocol).Distinct()));
        Assert.Single(fixture.Requests.Select(request => request.ConnectionId).Distinct());
    }

    [Fact]
    public async Task Many_images_without_HTTP2_stay_within_the_connections_allowed()
    {
        await using var fixture = await StartAsync(http2: false);
        fixture.Options = fixture.Options with { MaxConcurrentRequestsPerHost = 3 };

        await ResolveAsync(fixture, count: 100);

        Assert.InRange(fixture.Requests.Select(request => request.ConnectionId).Distinct().Count(), 1, 3);
    }

    [Fact]
    public async Task No_more_hosts_than_allowed_are_asked_at_a_time()
    {
        await using var first = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var second = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var answer = FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first"));
        first.Registry.When(_ => arrived.TrySetResult(), answer with { Before = gate.Task });
        second.Registry.When(_ => !gate.Task.IsCompleted, FakeReply.Of(200, "asked too early", "text/html"));
        first.Options = new RegistryOptions { MaxConcurrentHosts = 1 };

        var results = first.Client.ResolveAsync(
            [first.Image(), second.Image()], TestContext.Current.CancellationToken);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        gate.SetResult();

        first.AssertFound((await results)[0]);
        second.AssertFound((await results)[1]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_certificate_of_an_unknown_authority_is_accepted_only_where_the_option_says_so(
        bool isVerified, bool isAccepted)
    {
        await using var fixture = await StartAsync(http2: false);
        using var stranger = TestCertificates.Create();
        await File.WriteAllTextAsync(_caFile, stranger.AuthorityPem, TestContext.Current.CancellationToken);
        fixture.Options = OptionsFor(
            fixture, new RegistryHostOptions { CaFile = _caFile, VerifiesTls = isVerified });
        fixture.Registry.Push("app", "v1", "app");

        var found = await fixture.ResolveAllAsync(["app:v1"]);

        Assert.Equal(isAccepted, found[0].IsOk);
    }

    private static RegistryOptions OptionsFor(RegistryFixture fixture, RegistryHostOptions host) =>
        new() { Hosts = new Dictionary<string, RegistryHostOptions> { [fixture.Registry.Host] = host } };

    private async Task<RegistryFixture> StartAsync(bool http2)
    {
        await File.WriteAllTextAsync(_caFile, _authority.AuthorityPem, TestContext.Current.CancellationToken);
        var listener = new FakeListenerOptions { Certificate = _authority.IssueServer(), Http2 = http2 };
        var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions { Listener = listener });
        fixture.Options = OptionsFor(fixture, new RegistryHostOptions { CaFile = _caFile });
        return fixture;
    }

    private static async Task ResolveAsync(RegistryFixture fixture, int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"app-{i}").ToList();
        foreach (var name in names)
            fixture.Registry.Push(name, "v1", name);

        var results = await fixture.ResolveAllAsync([.. names.Select(name => $"{name}:v1")]);

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
    }
}
