using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks;

/// <summary>Puts a scenario on the stage: its images into the registries, its workloads into the cluster.</summary>
internal static class Arrangement
{
    private const int PushesAtOnce = 8;

    public static async Task ArrangeAsync(this Stage stage, Scenario scenario, CancellationToken cancellationToken)
    {
        var pushing = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = PushesAtOnce,
        };
        await Parallel.ForEachAsync(scenario.Images, pushing, async (image, token) => await stage
            .Registries[image.Registry]
            .PushAsync(image.Repository, TrackedImage.Tag, image.Name, ImageShape.OciIndex, token));
        var workloads = scenario.Images.Select(image => image.Workload).Distinct().Select(Deployment);
        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. workloads]) };
        await stage.Kubectl.RunAsync(["apply", "--filename=-"], cancellationToken, list.ToJsonString());
        foreach (var workload in scenario.Images.Select(image => image.Workload).Distinct())
            await stage.Kubectl.RunAsync(
                ["rollout", "status", $"deployment/{workload}", "--timeout=60s"], cancellationToken);
    }

    public static string Configuration(this Stage stage, Scenario scenario) => $"""
        apiVersion: refresh.tracebloc.io/v1
        kind: RefreshConfig
        namespace: {stage.Kubectl.Namespace}
        registries:
        {string.Join('\n', stage.Registries.Select(one => $"  \"{one.Host}\": {{caFile: {one.CaFile}}}"))}
        images:
        {string.Join('\n', scenario.Images.Select(image => Entry(stage, image)))}

        """;

    public static string Reference(this Stage stage, TrackedImage image) =>
        $"{stage.Registries[image.Registry].Host}/{image.Repository}:{TrackedImage.Tag}";

    private static string Entry(Stage stage, TrackedImage image) => $"""
          - name: {image.Name}
            image: {stage.Reference(image)}
            workload: deployment/{image.Workload}
        {(image.Variable is null ? "    action: restart" : $"    action: setEnv\n    container: api\n    env: {image.Variable}")}
        """;

    /// <summary>No replicas: without a node nothing else completes a rollout, and a tick waits for that.</summary>
    private static JsonNode Deployment(string name)
    {
        var labels = new JsonObject { ["app"] = name };
        var container = new JsonObject { ["name"] = "api", ["image"] = "example.com/api:stable" };
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 0,
                ["selector"] = new JsonObject { ["matchLabels"] = labels },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) },
                },
            },
        };
    }
}
