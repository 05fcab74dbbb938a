using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>No key is without effect: each one, given another value, changes what is installed.</summary>
public sealed class OtherValuesTests
{
    private const string Monitoring = "monitoring.coreos.com/v1/ServiceMonitor";

    private static readonly Node Everything = Node.Parse(SyncChart.Chart.Read("ci/everything-values.yaml"));

    /// <summary>Values that the example cannot have beside its others.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["credentials.existingSecret"] = "\"other\"",
        ["migration.enabled"] = "false",
        ["networkPolicy.enabled"] = "false",
        ["podDisruptionBudget.create"] = "false",
        ["serviceMonitor.create"] = "false",
        ["mysql.password"] = "\"hunter2\"",
    };

    /// <summary>The values without which another one does not matter.</summary>
    private static readonly Dictionary<string, string> Givens = new()
    {
        ["metadataStorage.enableMetadataStorage"] = SyncChart.Enabled.Replace("true", "false"),
        ["mysql.password"] = SyncChart.Enabled
            .Replace("credentials: {existingSecret: mirror}", "")
            .Replace("user: sync", "user: sync, password: hunter1"),
        ["api.enabled"] = SyncChart.Enabled + "api: {tlsSecret: tls}\n",
        ["api.tlsSecret"] = SyncChart.Enabled + "api: {enabled: true, tlsSecret: tls}\n",
    };

    public static TheoryData<string> Keys => [.. ValuesFile.Of(SyncChart.Chart).Leaves.Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Another_value_changes_what_is_installed(string key)
    {
        var value = Others.GetValueOrDefault(key) ?? Everything.At(key).Json;
        var release = SyncChart.Release(Givens.GetValueOrDefault(key) ?? SyncChart.Enabled) with
        {
            ApiVersion = Monitoring,
        };

        var before = await SyncChart.Chart.RenderAsync(release);
        var after = await SyncChart.Chart.RenderAsync(release with { Set = $"{key}={value}" });

        Assert.NotEqual(before.Text, after.Text);
    }
}
