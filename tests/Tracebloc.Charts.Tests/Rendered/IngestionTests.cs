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

    /// <summary>1.x had that variable for it.</summary>
    [Fact]
    public async Task Submitting_that_1x_turned_off_stays_off() =>
        Assert.Empty(await AllowedAsync("env: {INGESTION_HTTP_DISABLED: '1'}"));

    /// <summary>The kubelet updates a folder and no single file, and the program reads a changed policy.</summary>
    [Fact]
    public async Task Another_policy_reaches_the_pod_that_runs()
    {
        var chart = await Chart.Client.RenderAsync();
        var other = await Chart.Client.RenderAsync("ingestionAuthz: {allowed: []}");
        var mount = chart.Deployment("acme-jobs-manager").Container("api").Mounts
            .Single(one => one["name"].Text == "ingestion-authz");

        Assert.False(mount["subPath"].Exists);
        Assert.StartsWith(
            $"{mount["mountPath"].Text}/",
            chart.Deployment("acme-jobs-manager").Container("api").Value("INGESTION_AUTHZ"));
        Assert.Equal(
            chart.Deployment("acme-jobs-manager").Manifest.Text, other.Deployment("acme-jobs-manager").Manifest.Text);
    }

    [Theory]
    [InlineData("", "ingestor")]
    [InlineData(", serviceAccountName: loader", "loader")]
    public async Task A_token_that_does_not_expire_is_made_on_request(string name, string account)
    {
        var chart = await Chart.Client.RenderAsync($"ingestionAuthz: {{tokenSecret: true{name}}}");
        var secret = chart.Find("Secret", $"{account}-token");

        Assert.Equal("kubernetes.io/service-account-token", secret["type"].Text);
        Assert.Equal(account, secret.Annotations["kubernetes.io/service-account.name"]);
        Assert.False(secret["data"].Exists);
        Assert.False((await Chart.Client.RenderAsync()).Has("Secret", "ingestor-token"));
    }

    private static async Task<IReadOnlyList<Node>> AllowedAsync(string values = "") =>
        Policy(await Chart.Client.RenderAsync(values))["allowed"].Items;

    private static Node Policy(Rendering chart) =>
        Node.Parse(chart.Find("ConfigMap", "acme-ingestion-authz")["data"]["ingestion-authz.yaml"].Text);
}
