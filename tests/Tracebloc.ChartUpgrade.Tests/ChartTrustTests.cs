using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>The authorities and credentials that helm gets.</summary>
public sealed class ChartTrustTests : IDisposable
{
    private readonly UpgradeFixture _fixture = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trust-");

    [Fact]
    public async Task A_keyring_lets_only_signed_charts_through()
    {
        _fixture.WithoutTrouble();
        Believe(keyring: FileOf("keys"));

        Assert.Equal(ExitCodes.Done, await _fixture.RunAsync());

        Assert.Equal(
            [
                "pull charts/client --version 1.1.0 --destination charts --prov",
                $"verify client-1.1.0.tgz --keyring {FileOf("keys")}",
                "get",
                "upgrade",
            ],
            _fixture.Helm.Calls.Skip(4).Select((call, index) => index < 2 ? call : call.Split(' ')[0]));
    }

    [Fact]
    public async Task With_a_keyring_the_file_has_the_name_that_the_signature_covers()
    {
        _fixture.WithoutTrouble("pull");
        _fixture.Helm.Does("pull", "echo chart > \"$6/client-chart-1.1.0.tgz\"");
        Believe(keyring: FileOf("keys"));

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());

        Assert.Contains("has no client-1.1.0.tgz under that name", _fixture.Output);
    }

    [Fact]
    public async Task A_chart_that_is_not_signed_changes_nothing()
    {
        _fixture.WithoutTrouble("verify");
        _fixture.Helm.Fails("verify", "openpgp: signature made by unknown entity");
        Believe(keyring: FileOf("keys"));

        Assert.Equal(ExitCodes.Signature, await _fixture.RunAsync());

        Assert.Equal(
            "acme  unverified  client 1.1.0 is not trusted: openpgp: signature made by unknown entity\n",
            _fixture.Output);
        Assert.DoesNotContain(_fixture.Helm.Calls, call => call.StartsWith("upgrade", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repository_s_password_reaches_helm_by_file_only()
    {
        _fixture.WithoutTrouble("repo");
        var known = Path.Combine(_folder.FullName, "known");
        _fixture.Helm
            .Does("repo", $"cat \"$HELM_REPOSITORY_CONFIG\" > {known}; stat -c %a \"$(dirname "
                + $"\"$HELM_REPOSITORY_CONFIG\")\" > {known}.mode\necho 'Error: no s3cret for you' >&2; exit 1");
        Believe(username: "edge-7", passwordFile: FileOf("password", "s3cret\n"), caFile: FileOf("ca.crt"));

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());

        var entry = JsonNode.Parse(File.ReadAllText(known))!["repositories"]![0]!;
        Assert.Equal(("edge-7", "s3cret"), ((string?)entry["username"], (string?)entry["password"]));
        Assert.Equal(
            ("https://charts.example.com/", FileOf("ca.crt")), ((string?)entry["url"], (string?)entry["caFile"]));
        Assert.Equal("700\n", File.ReadAllText(known + ".mode"));
        Assert.DoesNotContain("s3cret", _fixture.Output);
        Assert.All(
            _fixture.Helm.Calls.Concat(_fixture.Helm.Environment).Concat(_fixture.Logger.Lines),
            line => Assert.DoesNotContain("s3cret", line));
    }

    [Fact]
    public async Task Helm_writes_into_a_folder_of_the_run_s_own_which_is_gone_afterwards()
    {
        _fixture.WithoutTrouble();

        await _fixture.RunAsync();

        var homes = _fixture.Helm.Environment
            .Where(line => line.StartsWith("HELM_CACHE_HOME=", StringComparison.Ordinal)).Distinct().ToList();
        var home = Assert.Single(homes).Split('=')[1];
        Assert.StartsWith(Path.Combine(Path.GetTempPath(), "chart-upgrade-"), home);
        Assert.False(Directory.Exists(Path.GetDirectoryName(home)));
    }

    [Theory]
    [InlineData("--keyring")]
    [InlineData("--repo-ca-file")]
    [InlineData("--repo-password-file")]
    public async Task A_file_that_is_not_there_is_a_mistake_and_helm_is_not_run(string option)
    {
        var absent = Path.Combine(_folder.FullName, "absent");
        Believe(
            keyring: option == "--keyring" ? absent : null,
            caFile: option == "--repo-ca-file" ? absent : null,
            passwordFile: option == "--repo-password-file" ? absent : null);

        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => _fixture.RunAsync());

        Assert.Equal(
            $"{option} {absent} does not exist; check the path and that it is mounted.", fault.Message);
        Assert.Empty(_fixture.Helm.Calls);
    }

    [Theory]
    [InlineData("v3.13.9+gabc", "helm v3.13.9+gabc is not 3.14.0 or newer; install that")]
    [InlineData("v2.17.0", "helm v2.17.0 is not 3.14.0 or newer; install that")]
    [InlineData("usage: helm", "helm usage: helm is not 3.14.0 or newer; install that")]
    public async Task A_helm_that_does_not_know_how_to_keep_values_is_refused(string version, string message)
    {
        _fixture.WithoutTrouble("version");
        _fixture.Helm.Says("version", version);

        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => _fixture.RunAsync());

        Assert.Equal(message, fault.Message);
        Assert.Equal(["version --short"], _fixture.Helm.Calls);
    }

    [Theory]
    [InlineData("hunter2 \n", "hunter2 ")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    public async Task A_password_file_loses_the_one_line_break_at_its_end(string content, string password)
    {
        _fixture.WithoutTrouble("repo");
        var known = Path.Combine(_folder.FullName, "known");
        _fixture.Helm.Does("repo", $"cat \"$HELM_REPOSITORY_CONFIG\" > {known}; exit 1");
        Believe(username: "edge-7", passwordFile: FileOf("password", content));

        await _fixture.RunAsync();

        var entry = JsonNode.Parse(File.ReadAllText(known))!["repositories"]![0]!;
        Assert.Equal(password, (string?)entry["password"]);
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Believe(
        string? keyring = null, string? caFile = null, string? username = null, string? passwordFile = null) =>
        _fixture.Options = _fixture.Options with
        {
            Source = _fixture.Options.Source with
            {
                Keyring = keyring,
                CaFile = caFile,
                Username = username,
                PasswordFile = passwordFile,
            },
        };

    private string FileOf(string name, string content = "")
    {
        var file = Path.Combine(_folder.FullName, name);
        if (!File.Exists(file))
            File.WriteAllText(file, content);
        return file;
    }
}
