using System.Text.Json.Nodes;
using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class ReleaseReaderTests
{
    [Fact]
    public void A_release_is_read_off_its_Deployment()
    {
        var release = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

        Assert.Equal("edge in namespace tracebloc", release.ToString());
        Assert.Equal(("2.1.0", "2.0.0"), (release.ChartVersion, release.AppVersion));
        Assert.Equal($"ghcr.io/tracebloc/ingestor@{Scene.Digest}", release.Image);
        Assert.Equal("edge-ingestion-authz", release.PolicyConfigMap);
        Assert.Equal(("client-pvc", "edge-regcred"), (release.Claim, release.PullSecret));
        Assert.Equal((null, null, true), (release.User, release.Group, release.HasFixedUser));
        Assert.Empty(release.NodeSelector);
        Assert.False(release.IsReady);
    }

    [Fact]
    public void Runs_of_a_node_with_a_folder_have_its_user_and_its_labels()
    {
        var release = ReadWith(
            ("HOST_UID", "1000"), ("HOST_GID", "100"), ("INGEST_NODE_SELECTOR", "disktype=ssd,zone=a"),
            ("RUNTIME_CLASS_NAME", "gvisor"), ("INGEST_FIXED_USER", "false"));

        Assert.Equal((1000, 100), (release.User, release.Group));
        Assert.Equal("gvisor", release.RuntimeClass);
        Assert.False(release.HasFixedUser);
        Assert.Equal("ssd", release.NodeSelector["disktype"]);
        Assert.Equal("a", release.NodeSelector["zone"]);
    }

    [Theory]
    [InlineData("ghcr.io/tracebloc/ingestor", "prod", null, "ghcr.io/tracebloc/ingestor:prod")]
    [InlineData("ghcr.io/tracebloc/ingestor", "prod", "", "ghcr.io/tracebloc/ingestor:prod")]
    [InlineData("harbor.example.com/i", "prod", "sha256:2", "harbor.example.com/i@sha256:2")]
    [InlineData("ghcr.io/tracebloc/ingestor", null, null, null)]
    [InlineData(null, null, "sha256:2", null)]
    public void The_digest_wins_over_the_tag(string? repository, string? tag, string? digest, string? image) =>
        Assert.Equal(image, ReadWith(
            ("INGESTOR_IMAGE_REPOSITORY", repository), ("INGESTOR_IMAGE_TAG", tag), ("INGESTOR_IMAGE_DIGEST", digest))
            .Image);

    [Fact]
    public void A_Deployment_of_an_early_chart_has_the_usual_names()
    {
        var deployment = Manifests.Deployment("edge");
        var pod = deployment["spec"]!["template"]!["spec"]!;
        pod["containers"]![0]!.AsObject().Remove("env");
        pod.AsObject().Remove("volumes");

        var release = ReleaseReader.Read(deployment.Seen());

        Assert.Equal(
            ("client-pvc", "edge-ingestion-authz", null), (release.Claim, release.PolicyConfigMap, release.Image));
    }

    [Theory]
    [InlineData("jobs-manager", true)]
    [InlineData("edge-jobs-manager", true)]
    [InlineData("edge-requests-proxy", false)]
    [InlineData("myjobs-managers", false)]
    public void jobs_manager_is_known_by_its_name(string name, bool expected)
    {
        var deployment = Manifests.Deployment("edge");
        deployment["metadata"]!["name"] = name;

        Assert.Equal(expected, ReleaseReader.IsJobsManager(deployment.Seen()));
    }

    private static Release ReadWith(params (string Name, string? Value)[] settings)
    {
        var deployment = Manifests.Deployment("edge");
        var env = deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray();
        foreach (var (name, value) in settings)
        {
            env.RemoveAll(each => (string?)each!["name"] == name);
            if (value is not null) env.Add((JsonNode)new JsonObject { ["name"] = name, ["value"] = value });
        }

        return ReleaseReader.Read(deployment.Seen());
    }
}
