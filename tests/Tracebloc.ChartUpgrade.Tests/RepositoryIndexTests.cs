using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>Where the index of a repository sends helm for the chart.</summary>
public sealed class RepositoryIndexTests : IDisposable
{
    private readonly UpgradeFixture _fixture = new();
    private readonly string _keys = Path.GetTempFileName();

    [Theory]
    [InlineData("http://mirror.example.com/client-1.1.0.tgz")]
    [InlineData("HTTP://ann:s3cret@mirror.example.com/client-1.1.0.tgz?token=s3cret")]
    public async Task Without_a_keyring_a_chart_is_not_fetched_over_plain_http(string url)
    {
        Index(Entry("1.1.0", url) + Entry("1.0.0", "client-1.0.0.tgz"));

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());

        Assert.Equal(
            "acme  unfetched  the index of https://charts.example.com/ has client 1.1.0 at http://mirror.example.com, "
                + "which is plain HTTP, and --keyring is empty: anyone on the network could replace the chart; "
                + "use https:// in the index or --keyring\n",
            _fixture.Output);
        Assert.DoesNotContain(_fixture.Helm.Calls, IsPull);
    }

    [Theory]
    [InlineData("client-1.1.0.tgz")]
    [InlineData("charts/client-1.1.0.tgz")]
    [InlineData("//mirror.example.com/client-1.1.0.tgz")]
    [InlineData("https://mirror.example.com/client-1.1.0.tgz")]
    [InlineData("http://127.0.0.1:8879/client-1.1.0.tgz")]
    public async Task A_chart_is_fetched_over_https_or_from_this_machine(string url)
    {
        Index(Entry("1.1.0", url, "http://mirror.example.com/client-1.1.0.tgz")
            + Entry("1.0.0", "http://mirror.example.com/client-1.0.0.tgz"));

        Assert.Equal(ExitCodes.Done, await _fixture.RunAsync());

        Assert.Contains(_fixture.Helm.Calls, IsPull);
    }

    [Fact]
    public async Task With_a_keyring_the_scheme_does_not_matter()
    {
        Index(Entry("1.1.0", "http://mirror.example.com/client-1.1.0.tgz"));
        _fixture.Options = _fixture.Options with { Source = _fixture.Options.Source with { Keyring = _keys } };

        Assert.Equal(ExitCodes.Done, await _fixture.RunAsync());

        Assert.Contains(_fixture.Helm.Calls, IsPull);
    }

    // Helm writes the index as it came, and Go takes "URLs" for urls.
    [Fact]
    public async Task An_index_in_JSON_is_read_as_helm_reads_it()
    {
        Write("""{"entries": {"client": [{"version": "1.1.0", "URLs": ["http://mirror.example.com/c.tgz"]}]}}""");

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());
    }

    [Fact]
    public async Task An_index_that_cannot_be_read_is_no_index_without_plain_http()
    {
        Write("entries: {client: [}");

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());

        Assert.StartsWith(
            "acme  unfetched  the index of https://charts.example.com/ cannot be read, line 1: ", _fixture.Output);
        Assert.DoesNotContain(_fixture.Helm.Calls, IsPull);
    }

    [Fact]
    public async Task An_index_that_is_too_large_to_read_is_rejected()
    {
        _fixture.Helm.Does("repo", "mkdir -p \"$HELM_REPOSITORY_CACHE\"\n"
            + "head -c 16777217 /dev/zero > \"$HELM_REPOSITORY_CACHE/charts-index.yaml\"\n");
        _fixture.WithoutTrouble();

        Assert.Equal(ExitCodes.Registry, await _fixture.RunAsync());

        Assert.Equal(
            "acme  unfetched  the index of https://charts.example.com/ cannot be read: it is larger than 16 MiB; "
                + "use --keyring\n",
            _fixture.Output);
    }

    public void Dispose()
    {
        _fixture.Dispose();
        File.Delete(_keys);
    }

    private static bool IsPull(string call) => call.StartsWith("pull", StringComparison.Ordinal);

    private static string Entry(string version, params string[] urls) =>
        $"  - name: client\n    version: {version}\n    urls:\n" + string.Concat(urls.Select(url => $"    - {url}\n"));

    private void Index(string entries) => Write($"apiVersion: v1\nentries:\n  client:\n{entries}");

    private void Write(string index)
    {
        _fixture.Helm.Does("repo", "mkdir -p \"$HELM_REPOSITORY_CACHE\"\n"
            + $"cat > \"$HELM_REPOSITORY_CACHE/charts-index.yaml\" <<'END'\n{index}\nEND\n");
        _fixture.WithoutTrouble();
    }
}
