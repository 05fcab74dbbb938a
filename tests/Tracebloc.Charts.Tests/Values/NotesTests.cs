using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>The notes after an installation.</summary>
public sealed class NotesTests
{
    [Fact]
    public async Task First_what_was_installed_and_where() => Assert.StartsWith(
        $"client {Chart.Client.Version} is installed in namespace tracebloc as acme, environment prod.",
        await Chart.Client.NotesAsync());

    [Fact]
    public async Task Then_the_command_that_proves_it_works() =>
        Assert.Contains("\n  helm test acme --namespace tracebloc", await Chart.Client.NotesAsync());

    [Fact]
    public async Task Then_how_to_load_data_and_what_that_replaces()
    {
        var notes = await Chart.Client.NotesAsync();

        Assert.Contains("\n  helm install my-dataset tracebloc/ingestor --namespace tracebloc -f ingest.yaml\n", notes);
        Assert.Contains("\nDeprecated: Jobs of an image of your own (ingestor-job.yaml) that log in with", notes);
    }

    [Fact]
    public async Task The_images_that_are_followed_are_named_with_the_registry_they_come_from()
    {
        var notes = await Chart.Client.NotesAsync("global: {imageRegistry: harbor.example.com}");

        Assert.Contains("jobs-manager: harbor.example.com/tracebloc/jobs-manager:prod", notes);
        Assert.DoesNotContain("docker.io", notes);
    }

    [Fact]
    public async Task Where_to_see_what_image_refresh_did()
    {
        var notes = await Chart.Client.NotesAsync();

        Assert.Contains("app.kubernetes.io/component=image-refresh,app.kubernetes.io/instance=acme", notes);
        Assert.Contains("kubectl get deployment acme-jobs-manager --namespace tracebloc", notes);
    }

    [Theory]
    [InlineData("", "tracebloc")]
    [InlineData("autoUpgrade: {namespace: tracebloc-upgrade}", "tracebloc-upgrade")]
    public async Task Where_auto_upgrade_logs(string values, string @namespace) =>
        Assert.Contains($"kubectl logs --namespace {@namespace} --tail", await Chart.Client.NotesAsync(values));

    [Theory]
    [InlineData("imageRefresh: {enabled: false}", "Image refresh is not installed.")]
    [InlineData(
        """
        images:
          jobsManager: {digest: "sha256:1111111111111111111111111111111111111111111111111111111111111111"}
          podsMonitor: {digest: "sha256:1111111111111111111111111111111111111111111111111111111111111111"}
          ingestor: {autoRefresh: false}
        """,
        "Image refresh is not installed: every image is pinned or opted out.")]
    public async Task Why_image_refresh_is_not_there(string values, string reason) =>
        Assert.Contains(reason, await Chart.Client.NotesAsync(values));

    [Theory]
    [InlineData("", "This chart was released unsigned: auto-upgrade installs charts without verifying")]
    [InlineData("imageRefresh: {enabled: false}", "imageRefresh.enabled is false: an image without a pin moves")]
    [InlineData("clusterScope: false", "clusterScope is false: data cannot be submitted, which needs TokenReviews")]
    [InlineData("networkPolicy: {ingestion: false}", "networkPolicy.ingestion is false: runs reach the whole cluster")]
    [InlineData(
        "ingestionAuthz: {tokenSecret: true}",
        "ingestionAuthz.tokenSecret is true: the token in Secret ingestor-token does not expire.")]
    [InlineData(
        "env: {RESOURCE_LIMITS: 'cpu=4,memory=16Gi'}",
        "Key of 1.x, remove it: env.RESOURCE_LIMITS (replaced by ingestion.resources).")]
    [InlineData(
        "env: {GPU_LIMITS: nvidia.com/gpu=1}",
        "Key of 1.x, remove it: env.GPU_LIMITS (idle: jobs-manager starts no training).")]
    [InlineData(
        "env: {INGESTION_HTTP_DISABLED: '1'}",
        "Key of 1.x, remove it: env.INGESTION_HTTP_DISABLED (replaced by ingestionAuthz.allowed: []).")]
    [InlineData("hostPath: {enabled: true}", "hostPath: the folders must belong to the users 1000 and 999")]
    [InlineData("networkPolicy: {training: {enabled: false}}", "networkPolicy.training.enabled is false")]
    [InlineData(
        "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]",
        "extraObjects: auto-upgrade has no permission")]
    [InlineData(
        "podTokenTtlSeconds: 60",
        "Key of 1.x, remove it: podTokenTtlSeconds (replaced by env.POD_TOKEN_TTL_SECONDS).")]
    [InlineData(
        "imageRefresh: {ingestorResolveFailureThreshold: 5}",
        "Key of 1.x, remove it: imageRefresh.ingestorResolveFailureThreshold (replaced by imageRefresh.failure")]
    [InlineData(
        "imageRefresh: {image: {repository: alpine/k8s}}",
        "Key of 1.x, remove it: imageRefresh.image (idle: an image of 1.x)")]
    [InlineData(
        "autoUpgrade: {image: {repository: alpine/helm}}",
        "Key of 1.x, remove it: autoUpgrade.image (idle: an image of 1.x)")]
    [InlineData("imageRefresh: {policy: {hold: true}}", "imageRefresh.policy.hold is true: image refresh polls")]
    [InlineData(
        "imageRefresh: {activeDeadlineSeconds: 3600}", "Key of 1.x, remove it: imageRefresh.activeDeadlineSeconds")]
    [InlineData(
        "autoUpgrade: {activeDeadlineSeconds: 900}", "Key of 1.x, remove it: autoUpgrade.activeDeadlineSeconds")]
    [InlineData("autoUpgrade: {repoName: a}", "Key of 1.x, remove it: autoUpgrade.repoName (idle)")]
    [InlineData("dockerRegistry: {email: a}", "Key of 1.x, remove it: dockerRegistry.email (idle)")]
    [InlineData("resourceMonitor: true", "Key of 1.x, remove it: resourceMonitor (idle: this chart has no resource")]
    [InlineData("images: {busybox: {tag: '1.35'}}", "Key of 1.x, remove it: images.busybox (idle).")]
    public async Task Each_warning_names_its_value(string values, string warning)
    {
        var notes = await Chart.Client.NotesAsync(values);

        Assert.Contains($"  - {warning}", notes.Split("Warnings:")[^1]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("autoUpgrade: {verify: false}", true)]
    [InlineData("autoUpgrade: {verify: false, keyringSecret: tracebloc-keyring}", false)]
    public async Task A_signed_chart_warns_where_it_does_not_verify_the_next(string values, bool warns)
    {
        using var signed = new SignedChart();

        Assert.Equal(
            warns,
            (await signed.Chart.NotesAsync(values)).Contains(
                "  - autoUpgrade.verify is false: auto-upgrade installs charts without", StringComparison.Ordinal));
        Assert.DoesNotContain("released unsigned", await signed.Chart.NotesAsync(values));
    }

    /// <summary>A key is made anew with each rendering, so it is given, and that is of 1.x.</summary>
    [Fact]
    public async Task What_does_not_concern_an_installation_is_not_said()
    {
        await using var cluster = await Cluster.StartAsync([Namespace("restricted")]);
        var notes = await Chart.Client.NotesAsync(new Release
        {
            Values = "autoUpgrade: {keyringSecret: tracebloc-keyring}",
            KubeConfig = cluster.KubeConfig,
        });
        var said = notes.Split("Warnings:")[^1].Split("  - ", StringSplitOptions.TrimEntries)[1..];

        Assert.StartsWith("Key of 1.x, remove it: podTokenSigningSecret", Assert.Single(said));
    }

    [Theory]
    [InlineData("restricted", false)]
    [InlineData("baseline", true)]
    [InlineData("", true)]
    public async Task A_namespace_that_lets_a_job_take_over_its_node_is_named(string enforced, bool warns)
    {
        await using var cluster = await Cluster.StartAsync([Namespace(enforced)]);

        var notes = await Chart.Client.NotesAsync(new Release { KubeConfig = cluster.KubeConfig });

        Assert.Equal(
            warns,
            notes.Contains(
                "kubectl label namespace tracebloc pod-security.kubernetes.io/enforce=restricted",
                StringComparison.Ordinal));
    }

    /// <summary>Helm fails where it may not look.</summary>
    [Theory]
    [InlineData("clusterScope: false", true)]
    [InlineData("admissionPolicy: {create: false}", false)]
    public async Task The_namespace_is_not_looked_at_where_the_values_say_so(string values, bool isNamed)
    {
        await using var cluster = await Cluster.StartAsync([], "/api/v1/namespaces/tracebloc");

        var notes = await Chart.Client.NotesAsync(new Release { Values = values, KubeConfig = cluster.KubeConfig });

        Assert.Equal(
            isNamed, notes.Contains("enforces the restricted profile was not checked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_that_jobs_manager_can_borrow_are_named_with_the_remedy()
    {
        await using var cluster = await Cluster.StartAsync([Namespace("restricted")]);

        var notes = await Chart.Client.NotesAsync(
            new Release { Values = "admissionPolicy: {create: false}", KubeConfig = cluster.KubeConfig });

        Assert.Contains(
            "  - admissionPolicy.create is false: jobs-manager can start Jobs as acme-auto-upgrade and "
                + "acme-image-refresh.",
            notes);
        Assert.Contains("--set admissionPolicy.create=true", notes);
    }

    /// <summary>The account that upgrades by itself may not look at the namespace, and helm would fail.</summary>
    [Fact]
    public async Task An_upgrade_from_an_earlier_chart_says_what_it_has_not_checked()
    {
        await using var cluster = await Cluster.StartAsync(
            [Cluster.Installed("acme")], "/api/v1/namespaces/tracebloc");

        var notes = await Chart.Client.NotesAsync(
            new Release { IsUpgrade = true, KubeConfig = cluster.KubeConfig });

        Assert.Contains(
            "  - The release has no admission policy: jobs-manager can start Jobs as acme-auto-upgrade and", notes);
        Assert.Contains("helm upgrade acme CHART --reset-then-reuse-values --set admissionPolicy.create=true", notes);
        Assert.Contains("  - Whether namespace tracebloc enforces the restricted profile was not checked:", notes);
        Assert.DoesNotContain("/api/v1/namespaces/tracebloc", cluster.Paths);
    }

    private static JsonObject Namespace(string enforced) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject
        {
            ["name"] = "tracebloc",
            ["labels"] = new JsonObject { ["pod-security.kubernetes.io/enforce"] = enforced },
        },
    };
}
