using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ExecCredentialTests : IAsyncLifetime
{
    private const string TokenOf =
        "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"VERSION\",\"status\":{\"token\":\"secret";

    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private FakeKubernetesApi? _api;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        _api.Add(Some.Deployment("web"));
    }

    [Fact]
    public async Task A_plugin_is_run_once_and_its_token_used_until_it_expires()
    {
        using var client = Client(Plugin($$"""
            echo run >> {{_folder.Path}}/runs
            echo '{{Answer(_time.GetUtcNow().AddMinutes(5))}}'
            """));
        await GetAsync(client);
        await GetAsync(client);
        Assert.Equal(1, Runs());

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5)); // within the margin before the expiry
        await GetAsync(client);
        Assert.Equal(2, Runs());
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 1)] // Go's zero time, which means never
    [InlineData("0001-01-01T00:00:01Z", 2)]
    [InlineData("9999-12-31T23:59:59.9999999Z", 1)]
    public async Task Any_expiry_can_be_printed(string expires, int runs)
    {
        using var client = Client(Plugin($$"""
            echo run >> {{_folder.Path}}/runs
            echo '{{Answer(DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture))}}'
            """));
        await GetAsync(client);
        await GetAsync(client);

        Assert.Equal(runs, Runs());
    }

    [Fact]
    public async Task An_empty_certificate_beside_a_token_is_none()
    {
        using var client = Client(Plugin($"echo '{Answer(null).Replace("\"token\"",
            "\"clientCertificateData\":\"\",\"clientKeyData\":\"\",\"token\"")}'"));

        await GetAsync(client);
    }

    [Fact]
    public async Task A_refused_token_is_asked_for_again_once()
    {
        using var client = Client(Plugin($$"""
            echo run >> {{_folder.Path}}/runs
            if [ $(wc -l < {{_folder.Path}}/runs) = 1 ]; then echo '{{Answer(null).Replace(Api.Token, "old")}}'
            else echo '{{Answer(null)}}'; fi
            """));
        await GetAsync(client);

        Assert.Equal(2, Runs());
        Assert.Equal([401, 200], Api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_plugin_is_told_about_the_cluster_when_it_asked()
    {
        using var certificates = TestCertificates.Create();
        await using var api = await FakeKubernetesApi.StartAsync(new() { Certificates = certificates }, Cancelled);
        api.Add(Some.Deployment("web"));
        var authority = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificates.AuthorityPem));
        var (version, info) = ("client.authentication.k8s.io/v1beta1", Path.Combine(_folder.Path, "info"));
        _folder.Write("bin/plugin", $$"""
            #!/bin/sh
            echo "$KUBERNETES_EXEC_INFO $EXTRA $1" > {{info}}
            echo '{{Answer(null, version).Replace(Api.Token, api.Token)}}'
            """);
        var config = _folder.Write("config", $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a} }]
            clusters:
            - name: a
              cluster:
                server: {{api.Address.OriginalString}}
                certificate-authority-data: {{authority}}
                extensions: [{name: client.authentication.k8s.io/exec, extension: {region: eu, ids: [1, true, "2"] } }]
            users:
            - name: a
              user:
                exec:
                  apiVersion: {{version}}
                  command: bin/plugin
                  args: [argument]
                  env: [{name: EXTRA, value: extra}]
                  provideClusterInfo: true
            """);
        using var client = new KubernetesClient(
            KubernetesClientConfiguration.FromKubeConfig(new KubeConfigSource([config])), _time);
        await GetAsync(client);

        var cluster =
            $$"""{"server":"{{api.Address.OriginalString}}","certificate-authority-data":"{{authority}}","""
            + "\"config\":{\"region\":\"eu\",\"ids\":[1,true,\"2\"]}}";
        Assert.Equal(
            $"{{\"kind\":\"ExecCredential\",\"apiVersion\":\"{version}\",\"spec\":{{\"interactive\":false,"
            + $"\"cluster\":{cluster}}}}} extra argument",
            (await File.ReadAllTextAsync(info, Cancelled)).Trim());
    }

    [Theory]
    [InlineData("echo 'no secret of this name' >&2; exit 3", "ended with 3; run it by hand to see why")]
    [InlineData("echo secret-output", "printed something else than an ExecCredential in JSON")]
    [InlineData("echo '{\"kind\":\"Other\"}'", "printed no ExecCredential with a status")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"VERSION\",\"status\":{}}'",
        "printed neither a token nor a certificate")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"VERSION\",\"status\":{\"token\":\"\"}}'",
        "printed neither a token nor a certificate")]
    [InlineData(TokenOf + "\\\\n\"}}'", "what is no token: there is white space in it, or what is no printable ASCII")]
    [InlineData(TokenOf + "\\\\u0000\"}}'", "what is no token: there is white space in it")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"x/v1\",\"status\":{\"token\":\"secret\"}}'",
        "of another version than client.authentication.k8s.io/v1")]
    public async Task A_plugin_that_fails_is_told_with_nothing_secret(string script, string message)
    {
        using var client = Client(Plugin(script.Replace("VERSION", "client.authentication.k8s.io/v1")));
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(client));

        Assert.Equal(0, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task A_plugin_that_is_not_there_gives_the_install_hint()
    {
        using var client = Client(new ExecCredentialPlugin
        {
            Command = "no-such-plugin",
            ApiVersion = "client.authentication.k8s.io/v1",
            InstallHint = "see https://example.com\nfor more",
        });
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(client));

        Assert.Contains("there is no no-such-plugin", error.Message, StringComparison.Ordinal);
        Assert.Contains("see https://example.com for more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_hangs_is_killed_at_its_deadline()
    {
        var started = Path.Combine(_folder.Path, "started");
        var plugin = Plugin($"mkfifo {started}; read x < {started}");
        using var client = Client(plugin with { Timeout = TimeSpan.FromSeconds(3) });
        var get = GetAsync(client);
        await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(3), Cancelled);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains("took longer than 3 s", (await Assert.ThrowsAsync<KubernetesException>(() => get)).Message,
            StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        _folder.Dispose();
    }

    private ExecCredentialPlugin Plugin(string script) => new()
    {
        Command = _folder.Write("plugin", "#!/bin/sh\n" + script),
        ApiVersion = "client.authentication.k8s.io/v1",
    };

    private string Answer(DateTimeOffset? expires, string version = "client.authentication.k8s.io/v1") =>
        $$"""{"kind":"ExecCredential","apiVersion":"{{version}}","status":{"token":"{{Api.Token}}" """
        + (expires is null ? "}}" : $",\"expirationTimestamp\":\"{expires:O}\"}}}}");

    private int Runs() => File.ReadAllLines(Path.Combine(_folder.Path, "runs")).Length;

    private KubernetesClient Client(ExecCredentialPlugin plugin) =>
        new(new KubernetesClientConfiguration { Server = Api.Address, Exec = plugin }, _time);

    private static Task<JsonObject> GetAsync(KubernetesClient client) => client.GetAsync(
        ResourceType.Deployments, "tracebloc", "web", ContractJson.Default.JsonObject, Cancelled);
}
