using System.Text.Json;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Cli.Finding;
using YamlDotNet.Serialization;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>tracebloc finds in a rendered chart all that it reads of a release.</summary>
public sealed class CommandLineTests
{
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_release_of_every_example_is_found_with_its_parts(string example)
    {
        var chart = await Chart.Client.RenderExampleAsync(example);

        var release = Found(chart);

        Assert.Equal(("acme", Chart.Client.Version), (release.Name, release.ChartVersion));
        Assert.Equal(Node.Parse(Chart.Client.Read("Chart.yaml"))["appVersion"].Text, release.AppVersion);
        Assert.True(chart.Has("Deployment", release.Deployment));
        Assert.True(chart.Has("Service", "jobs-manager"));
        Assert.True(chart.Has("PersistentVolumeClaim", release.Claim));
        Assert.NotNull(release.Image);
        if (release.PullSecret is { } secret && chart.Manifests.Any(each => each.Kind == "Secret"
            && each["type"].Text == "kubernetes.io/dockerconfigjson"))
            Assert.True(chart.Has("Secret", secret));
        var policy = IngestorPolicy.Of(release, Policy(chart, release));
        Assert.NotNull(policy.Entries);
        // An empty policy denies every submission.
        if (policy.Entries.Count > 0) Assert.True(chart.Has("ServiceAccount", policy.Account()));
        else Assert.Equal("everything-off-values.yaml", example);
    }

    [Fact]
    public async Task Other_deployments_with_the_labels_are_no_release()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.InRange(Labelled(chart).Count, 2, int.MaxValue);
        Assert.Single(Labelled(chart), ReleaseReader.IsJobsManager);
    }

    [Theory]
    [InlineData("", "ghcr.io/tracebloc/ingestor:prod")]
    [InlineData("images: {ingestor: {digest: 'sha256:DIGEST'}}", "ghcr.io/tracebloc/ingestor@sha256:DIGEST")]
    [InlineData("global: {imageRegistry: harbor.example.com}", "harbor.example.com/tracebloc/ingestor:prod")]
    public async Task The_image_of_staging_pods_is_that_of_runs(string values, string image)
    {
        var digest = new string('3', 64);

        var release = Found(await Chart.Client.RenderAsync(values.Replace("DIGEST", digest)));

        Assert.Equal(image.Replace("DIGEST", digest), release.Image);
    }

    [Fact]
    public async Task Staging_pods_have_the_user_the_nodes_and_the_account_of_runs()
    {
        var chart = await Chart.Client.RenderAsync(
            """
            ingestion: {nodeSelector: {disktype: ssd}, fixedUser: false}
            ingestionAuthz: {serviceAccountName: loader}
            env: {HOST_UID: "1000", HOST_GID: "100", RUNTIME_CLASS_NAME: gvisor}
            """);

        var release = Found(chart);

        Assert.Equal((1000, 100, "gvisor"), (release.User, release.Group, release.RuntimeClass));
        Assert.False(release.HasFixedUser);
        Assert.Equal("ssd", Assert.Single(release.NodeSelector, pair => pair.Key == "disktype").Value);
        Assert.Equal("loader", IngestorPolicy.Of(release, Policy(chart, release)).Account());
    }

    [Fact]
    public async Task A_long_release_is_found_with_its_policy()
    {
        var chart = await Chart.Client.RenderAsync(new Harness.Release { Name = new string('a', 53) });

        Assert.Equal(new string('a', 53), Found(chart).Name);
        Assert.NotNull(Policy(chart, Found(chart)));
    }

    private static Cli.Finding.Release Found(Rendering chart) =>
        ReleaseReader.Read(Assert.Single(Labelled(chart), ReleaseReader.IsJobsManager));

    private static string? Policy(Rendering chart, Cli.Finding.Release release) =>
        JsonSerializer.Deserialize(
                JsonOf(chart.Find("ConfigMap", release.PolicyConfigMap)), ClusterJson.Default.V1ConfigMap)!
            .Data?.GetValueOrDefault("ingestion-authz.yaml");

    /// <summary>The Deployments that a list by the labels of releases has.</summary>
    private static List<V1Deployment> Labelled(Rendering chart)
    {
        var wanted = ReleaseReader.Selector.Split(',').Select(pair => pair.Split('=')).ToList();
        return
        [
            .. chart.Manifests.Where(each => each.Kind == "Deployment"
                    && wanted.All(pair => each.Labels.GetValueOrDefault(pair[0]) == pair[1]))
                .Select(each => JsonSerializer.Deserialize(
                    $$"""{"items":[{{JsonOf(each)}}]}""", ClusterJson.Default.ResourceListV1Deployment)!.Items[0]),
        ];
    }

    // As an API server sends it.
    private static string JsonOf(Manifest manifest) => Json.Serialize(Yaml.Deserialize(manifest.Text));
}
