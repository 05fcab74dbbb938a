using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>
/// A release of chart 1.x, installed as helm 3 did with the public example values of a platform, is upgraded by the
/// real helm on a real API server. The server rejects changes of selectors, storage classes, claims and bindings.
/// </summary>
public sealed class FormerReleaseTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private static readonly string[] Kept =
    [
        "persistentvolumeclaims/client-pvc", "persistentvolumeclaims/client-logs-pvc",
        "persistentvolumeclaims/mysql-pvc", "secrets/RELEASE-secrets", "services/jobs-manager",
        "services/requests-proxy-service", "services/mysql-client", "serviceaccounts/ingestor",
        "deployments/RELEASE-jobs-manager", "deployments/RELEASE-requests-proxy", "deployments/mysql-client",
        "cronjobs/RELEASE-image-refresh", "cronjobs/RELEASE-auto-upgrade",
    ];

    public static TheoryData<string, string> Releases =>
        new MatrixTheoryData<string, string>(["1.4.1", "1.9.62"], ["aks", "eks", "bare-metal", "openshift"]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task An_upgrade_keeps_the_data_and_replaces_the_programs(string version, string platform)
    {
        await using var former = await InstallAsync(version, platform);
        var (kept, password) = (await UidsAsync(former), await SecretAsync(former));
        Assert.Equal(
            former.IsOld ? ["cluster-admin"] : [],
            await RolesAsync(former, $"{former.Release}-auto-upgrade"));

        await former.HelmAsync(Cancelled, "upgrade", former.Release, Chart.Client.Folder, "--values", former.Values);

        var history = JsonNode.Parse(await former.HelmAsync(Cancelled, "history", former.Release, "--output=json"))!;
        Assert.Equal(
            [$"superseded client-{version}", $"deployed client-{Chart.Client.Version}"],
            history.AsArray().Select(line => $"{line!["status"]} {line["chart"]}"));
        Assert.Equal(kept, await UidsAsync(former));
        Assert.Equal(password, await SecretAsync(former));
        Assert.Empty(await RolesAsync(former, $"{former.Release}-auto-upgrade"));
        await AssertProgramsAsync(former);
        // Whoever upgrades from 1.x may not look at the namespace: helm would fail.
        Assert.Contains(
            "enforces the restricted profile was not checked",
            await former.HelmAsync(Cancelled, "get", "notes", former.Release));
    }

    private static async Task AssertProgramsAsync(FormerRelease former)
    {
        IReadOnlyList<JsonObject> objects =
            [.. await former.ListAsync("deployments", Cancelled), .. await former.ListAsync("cronjobs", Cancelled)];
        Assert.All(objects, each => Assert.Equal(
            $"client-{Chart.Client.Version}", (string?)each["metadata"]!["labels"]!["helm.sh/chart"]));
        var images = objects
            .Select(each => (each["spec"]!["jobTemplate"] ?? each)["spec"]!["template"]!["spec"]!["containers"]!)
            .SelectMany(containers => containers.AsArray())
            .Select(container => (string?)container!["image"])
            .Distinct()
            .Order();
        Assert.Equal(
            [
                $"docker.io/tracebloc/chart-upgrade:{Chart.Client.Version}",
                $"docker.io/tracebloc/image-refresh:{Chart.Client.Version}",
                "docker.io/tracebloc/mysql-client:prod",
                "docker.io/tracebloc/pods-monitor:prod",
                "ghcr.io/tracebloc/jobs-manager:prod",
            ],
            images);
    }

    private Task<FormerRelease> InstallAsync(string version, string platform)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.Helm);
        return FormerRelease.InstallAsync(
            cluster, version, Chart.Client.PathOf($"ci/upgrade-from-1x-{platform}-values.yaml"), Cancelled);
    }

    /// <summary>An object that was deleted and made again has another.</summary>
    private static async Task<IReadOnlyList<string>> UidsAsync(FormerRelease former)
    {
        var uids = new List<string>();
        foreach (var kept in Kept.Select(name => name.Replace("RELEASE", former.Release).Split('/')).GroupBy(n => n[0]))
            foreach (var one in await former.ListAsync(kept.Key, Cancelled))
                if (kept.Any(name => name[1] == (string?)one["metadata"]!["name"]))
                    uids.Add($"{kept.Key}/{one["metadata"]!["name"]} {one["metadata"]!["uid"]}");
        Assert.Equal(Kept.Length, uids.Count);
        return uids;
    }

    private static async Task<string> SecretAsync(FormerRelease former)
    {
        var secrets = await former.ListAsync("secrets", Cancelled);
        var data = secrets.Single(one => (string?)one["metadata"]!["name"] == $"{former.Release}-secrets")["data"]!;
        var signing = former.IsOld ? null : data["POD_TOKEN_SIGNING_SECRET"];
        return $"{data["CLIENT_ID"]} {data["CLIENT_PASSWORD"]} {signing}";
    }

    /// <summary>The ClusterRole that a ClusterRoleBinding grants; none where there is none of this name.</summary>
    private static async Task<IEnumerable<string>> RolesAsync(FormerRelease former, string binding) =>
        (await former.ListAsync("clusterrolebindings", Cancelled))
            .Where(each => (string?)each["metadata"]!["name"] == binding)
            .Select(each => (string?)each["roleRef"]!["name"] ?? "");
}
