using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The accounts that may submit data, and their tables.</summary>
public sealed class IngestionTests
{
    [Fact]
    public async Task By_default_the_ingestor_of_this_namespace_may_fill_any_table()
    {
        var entry = Assert.Single(await AllowedAsync());

        Assert.Equal(("ingestor", "tracebloc"), (entry["service_account"].Text, entry["namespace"].Text));
        Assert.Equal(["*"], entry["table_prefixes"].Texts);
    }

    [Fact]
    public async Task An_entry_that_names_others_keeps_them()
    {
        var entry = Assert.Single(await AllowedAsync(
            "ingestionAuthz: {allowed: [{service_account: radiology, namespace: clinic, table_prefixes: [ct_]}]}"));

        Assert.Equal(("radiology", "clinic"), (entry["service_account"].Text, entry["namespace"].Text));
        Assert.Equal(["ct_"], entry["table_prefixes"].Texts);
    }

    [Theory]
    [InlineData("ingestionAuthz: {allowed: []}")]
    [InlineData("ingestionAuthz: null")]
    public async Task An_empty_list_denies_everybody(string values) => Assert.Empty(await AllowedAsync(values));

    [Fact]
    public async Task The_service_account_that_may_is_made()
    {
        var chart = await Chart.Client.RenderAsync("ingestionAuthz: {serviceAccountName: loader}");

        Assert.True(chart.Has("ServiceAccount", "loader"));
        Assert.Equal("loader", Policy(chart)["allowed"].Items[0]["service_account"].Text);
    }

    /// <summary>It is mounted by subPath, so that a running pod does not see a change.</summary>
    [Fact]
    public async Task Another_policy_is_another_pod_of_jobs_manager()
    {
        var (before, after) = (await ChecksumAsync(""), await ChecksumAsync("ingestionAuthz: {allowed: []}"));

        Assert.NotEqual(before, after);
    }

    private static async Task<string> ChecksumAsync(string values) =>
        (await Chart.Client.RenderAsync(values)).Deployment("acme-jobs-manager")
            .PodMetadata["annotations"]["checksum/config"].Text;

    private static async Task<IReadOnlyList<Node>> AllowedAsync(string values = "") =>
        Policy(await Chart.Client.RenderAsync(values))["allowed"].Items;

    private static Node Policy(Rendering chart) =>
        Node.Parse(chart.Find("ConfigMap", "acme-ingestion-authz")["data"]["ingestion-authz.yaml"].Text);
}
