using System.Security.Cryptography.X509Certificates;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Opening a stream is a call as any other: its trust, its credentials, its errors.</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly ExecOptions True = new("true");

    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_that_is_not_there_is_the_servers_own_404()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        var error = await FailsAsync(fixture.Pods.ExecAsync("gone", True, Cancelled));

        Assert.Equal(("NotFound", 404, true), (error.Reason, error.Code, error.IsNotFound));
        Assert.Equal(
            "GET pods/exec of gone in tracebloc: pods \"gone\" not found (404); check the name and the namespace",
            error.Message);
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("portforward")]
    public async Task A_missing_right_names_the_part_and_both_verbs(string part)
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.Deny("get", $"pods/{part}");
        var error = await FailsAsync(part == "exec"
            ? fixture.Pods.ExecAsync("web", True, Cancelled) : fixture.Pods.ForwardAsync("web", 80, Cancelled));

        Assert.True(error.IsForbidden);
        Assert.StartsWith($"GET pods/{part} of web in tracebloc: pods \"web\" is forbidden: User", error.Message);
        Assert.EndsWith(
            $"cannot get resource \"pods/{part}\" in API group \"\" in the namespace \"tracebloc\" (403); grant verbs "
            + $"\"get\" and \"create\" on \"pods/{part}\" of the core API group in a Role in namespace tracebloc "
            + "(resourceNames may name just \"web\")", error.Message);
    }

    [Theory]
    [InlineData(34, false)]
    [InlineData(35, true)]
    public async Task Newer_servers_also_want_create(int minor, bool isRefused)
    {
        await using var fixture = await StreamFixture.StartAsync(minor, Cancelled);
        fixture.Api.OnExec(_ => new FakeExecResult(0));
        fixture.Api.Deny("create", "pods/exec");
        var open = fixture.Pods.ExecAsync("web", True, Cancelled);

        if (isRefused) Assert.Contains("cannot create resource \"pods/exec\"", (await FailsAsync(open)).Message);
        else await (await open).DisposeAsync();
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(400, false)]
    public async Task A_refusal_says_whether_to_try_again_and_is_never_repeated(int code, bool isTransient)
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.Fail("get", "pods/exec", FakeFault.Status(code, "Odd", "container is not created"));
        var error = await FailsAsync(fixture.Pods.ExecAsync("web", True, Cancelled));

        Assert.Equal((code, "Odd", isTransient), (error.Code, error.Reason, error.IsTransient));
        Assert.Equal(code == 500, error.IsOutcomeUnknown);
        Assert.Single(fixture.Api.Calls);
    }

    [Theory]
    [InlineData(200, "hello", "the answer is 200 and no WebSocket; does a proxy before the server pass them on?")]
    [InlineData(403, "", "no reason given (403); the server, or a proxy before it, refuses WebSockets of "
        + "v5.channel.k8s.io or v4.channel.k8s.io")]
    [InlineData(502, "<p>Bad\ngateway", "<p>Bad gateway (502)")]
    public async Task An_answer_of_something_else_is_an_error_that_says_so(int code, string body, string message)
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.Fail("get", "pods/exec", FakeFault.Raw(code, body));
        var error = await FailsAsync(fixture.Pods.ExecAsync("web", True, Cancelled));

        Assert.Equal($"GET pods/exec of web in tracebloc: {message}", error.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_an_error()
    {
        var time = new ManualTimeProvider();
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled, time);
        fixture.Api.Fail("get", "pods/exec", FakeFault.Until(new TaskCompletionSource().Task));
        var open = fixture.Pods.ExecAsync("web", True, Cancelled);
        await fixture.Api.WaitForCallAsync(call => call.Resource == "pods/exec", Cancelled);
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Contains("no answer within 15 s", (await FailsAsync(open)).Message);
    }

    [Fact]
    public async Task A_token_that_is_replaced_while_it_is_refused_is_read_again()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        api.Token = "rotated";
        api.Fail("get", "pods/exec", FakeFault.First(_ => api.WriteServiceAccountAsync(_folder.Path, Cancelled)));
        using var client = new KubernetesClient(
            Trusting(api) with { Token = null, TokenFile = Path.Combine(_folder.Path, "token") }, TimeProvider.System);

        await RunAsync(client);
        Assert.Equal([401, 101], api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_an_error_that_names_its_source()
    {
        await using var api = await StartAsync();
        using var client = new KubernetesClient(Trusting(api) with { Token = "old" }, TimeProvider.System);
        var error = await FailsAsync(RunAsync(client));

        Assert.True(error.IsUnauthorized);
        Assert.Contains("Unauthorized (401); the server does not accept the configured token", error.Message);
    }

    [Fact]
    public async Task A_server_of_another_authority_gets_nothing()
    {
        await using var api = await StartAsync();
        using var other = TestCertificates.Create("other");
        using var client = new KubernetesClient(
            Trusting(api) with { CertificateAuthorities = [other.Authority] }, TimeProvider.System);
        var error = await FailsAsync(RunAsync(client));

        Assert.Contains("no TLS connection to https://127.0.0.1:", error.Message);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task The_certificate_must_be_for_the_name_that_is_asked_for()
    {
        await using var api = await StartAsync();
        using var named = new KubernetesClient(Trusting(api) with { TlsServerName = "localhost" }, TimeProvider.System);
        using var other = new KubernetesClient(Trusting(api) with { TlsServerName = "elsewhere" }, TimeProvider.System);

        await RunAsync(named);
        Assert.Contains("is for another host", (await FailsAsync(RunAsync(other))).Message);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        await using var api = await StartAsync(requireClientCertificate: true);
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        using var client = new KubernetesClient(
            Trusting(api) with { Token = null, ClientCertificate = KubeConfigPem.Combine(certificate, key) },
            TimeProvider.System);

        await RunAsync(client);
        Assert.Contains("admin", Assert.Single(api.Calls).ClientCertificate);
    }

    [Fact]
    public async Task A_proxy_is_used_when_the_configuration_names_one()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.OnExec(_ => new FakeExecResult(0));
        using var client = new KubernetesClient(
            new() { Server = new Uri("http://api.invalid"), Proxy = fixture.Api.Address }, TimeProvider.System);

        await RunAsync(client);
        Assert.Equal("api.invalid", Assert.Single(fixture.Api.Calls).Headers["Host"]);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private async Task<FakeKubernetesApi> StartAsync(bool requireClientCertificate = false)
    {
        var options = new FakeKubernetesApiOptions
        {
            Certificates = _certificates,
            RequireClientCertificate = requireClientCertificate,
        };
        var api = await FakeKubernetesApi.StartAsync(options, Cancelled);
        api.Add(SomePod.Running("web", "main"));
        api.OnExec(_ => new FakeExecResult(0));
        return api;
    }

    private KubernetesClientConfiguration Trusting(FakeKubernetesApi api) => new()
    {
        Server = api.Address,
        Token = api.Token,
        CertificateAuthorities = new X509Certificate2Collection(_certificates.Authority),
    };

    private static async Task RunAsync(KubernetesClient client)
    {
        await using var exec = await new PodApi(client, "tracebloc").ExecAsync("web", True, Cancelled);
        Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
    }

    private static Task<KubernetesException> FailsAsync(Task call) =>
        Assert.ThrowsAsync<KubernetesException>(() => call);
}
