using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>No key is without effect: each one, given another value, changes what is installed.</summary>
public sealed class OtherValuesTests
{
    private const string Digest = "\"sha256:1111111111111111111111111111111111111111111111111111111111111111\"";

    /// <summary>Each key with another value in JSON, and what else must be given for it to matter.</summary>
    public static TheoryData<string, string, string> Keys => new()
    {
        { "global.imageRegistry", "\"harbor.example.com:8443\"", "" },
        { "submit.jobsManager.url", "\"http://jobs-manager.clinic.svc:8080\"", "" },
        { "submit.serviceAccountName", "\"radiology\"", "" },
        { "submit.key", "\"houses-1\"", "" },
        { "submit.imageDigest", Digest, "" },
        { "submit.parallelism", "2", "" },
        { "submit.timeout", "\"3m\"", "" },
        { "submit.wait.enabled", "true", "" },
        { "submit.wait.timeout", "\"2h\"", "submit: {wait: {enabled: true}}" },
        { "submit.image.registry", "\"registry.example.com\"", "global: {imageRegistry: harbor.example.com}" },
        { "submit.image.repository", "\"mirror/ingestor\"", "" },
        { "submit.image.tag", "\"2.1.0\"", "" },
        { "submit.image.digest", Digest, "" },
        { "submit.image.pullPolicy", "\"Always\"", "" },
        { "submit.pullSecrets", "[\"harbor-pull\"]", "" },
        { "submit.resources", "{\"limits\": {\"memory\": \"256Mi\"}}", "" },
        { "submit.nodeSelector", "{\"kubernetes.io/arch\": \"amd64\"}", "" },
        { "submit.tolerations", "[{\"operator\": \"Exists\"}]", "" },
        { "submit.pods", "{\"labels\": {\"team\": \"imaging\"}}", "" },
    };

    [Fact]
    public void Every_key_has_another_value_here() => Assert.Equal(
        // The document is the subject of DocumentTests.
        ValuesFile.Of(IngestorChart.Chart).Leaves.Select(key => key.Path).Except(["ingestConfig"]).Order(),
        Keys.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Another_value_changes_what_is_installed(string key, string value, string given)
    {
        var release = IngestorChart.Release(given);

        var before = await IngestorChart.Chart.RenderAsync(release);
        var after = await IngestorChart.Chart.RenderAsync(release with { Set = $"{key}={value}" });

        Assert.NotEqual(before.Text, after.Text);
    }

    /// <summary>A GitOps tool would else find a difference each time that it looks.</summary>
    [Fact]
    public async Task The_same_values_install_the_same()
    {
        var (once, again) = (new Chart("charts/ingestor"), new Chart("charts/ingestor"));

        var install = await once.RenderAsync(IngestorChart.Release());
        var upgrade = await again.RenderAsync(IngestorChart.Release() with { IsUpgrade = true });

        Assert.Equal(install.Text, upgrade.Text);
    }
}
