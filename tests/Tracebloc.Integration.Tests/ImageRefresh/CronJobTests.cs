using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The published program refreshes a CronJob of the version that the real API server serves.</summary>
public sealed class CronJobTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    /// <summary>The rule that the README's minimal permissions name.</summary>
    private const string Least = """
        [{"apiGroups": ["batch"], "resources": ["cronjobs"], "resourceNames": ["nightly"], "verbs": ["get", "patch"]}]
        """;

    [Fact]
    public async Task Its_containers_and_init_containers_follow_a_push_and_all_else_stays()
    {
        await using var scene = await StartAsync(cluster, registry, Least);
        var served = await cluster.KubectlAsync(["api-versions"], Cancelled);
        var version = served.Split('\n').Contains("batch/v1beta1") ? "v1beta1" : "v1";
        await cluster.ApplyAsync(
            Some.CronJob("nightly", version)
                .Container("report", "registry.example.com/report:stable", ("MODE", "full"))
                .InitContainer("prepare", "registry.example.com/prepare:stable")
                .Build()
                .ToJsonString(),
            Cancelled);
        await scene.PushAsync("report", "1");
        await scene.ConfigureAsync($$"""
            - {name: report, image: "{{scene.ImageOf("report")}}", workload: cj/nightly, action: setImage,
               container: prepare}
            - {name: digest, image: "{{scene.ImageOf("report")}}", workload: cj/nightly, action: setEnv,
               container: report, env: REPORT_DIGEST}
            """);
        (await scene.RunAsync()).AssertExit(0);
        var before = await CronJobAsync();
        var digest = await scene.PushAsync("report", "2");

        var refreshed = (await scene.RunAsync()).AssertExit(0);

        Assert.Contains("its next Job runs it", refreshed.Output);
        var after = await CronJobAsync();
        var (prepare, report) = (Pod(after)["initContainers"]![0]!, Pod(after)["containers"]![0]!);
        Assert.Equal($"{scene.Images.Address.Authority}/report@{digest}", (string?)prepare["image"]);
        Assert.Equal(
            $$"""[{"name":"MODE","value":"full"},{"name":"REPORT_DIGEST","value":"{{digest}}"}]""",
            new JsonArray([.. report["env"]!.AsArray()
                .OrderBy(env => (string?)env!["name"])
                .Select(env => env!.DeepClone())]).ToJsonString());
        var annotations = after["metadata"]!["annotations"]!;
        Assert.Equal(digest, (string?)annotations["tracebloc.io/last-refreshed-report-digest"]);
        Assert.Equal(digest, (string?)annotations["tracebloc.io/last-refreshed-digest-digest"]);
        prepare["image"] = Pod(before)["initContainers"]![0]!["image"]!.DeepClone();
        report["env"] = Pod(before)["containers"]![0]!["env"]!.DeepClone();
        Assert.Equal(before["spec"]!.ToJsonString(), after["spec"]!.ToJsonString());

        scene.Forget();
        (await scene.RunAsync()).AssertExit(0);
        // A server without batch/v1 CronJobs is asked for batch/v1beta1 as well.
        Assert.Equal(
            version == "v1" ? ["GET"] : ["GET", "GET"],
            scene.Api.Calls.Select(call => call.Method));
    }

    private static JsonNode Pod(JsonNode cronJob) => cronJob["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!;

    private async Task<JsonNode> CronJobAsync()
    {
        using var client = await cluster.OpenAsync();
        return await client.ReadObjectAsync("cronjobs", cluster.Namespace, "nightly", Cancelled);
    }
}
