using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Ticks;

/// <summary>Puts a scenario on the stage: its images into the registries, its workloads into the cluster.</summary>
internal static class Arrangement
{
    private const int PushesAtOnce = 8;

    /// <returns>The records that a tick has to leave, by annotation.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ArrangeAsync(
        this Stage stage, Scenario scenario, CancellationToken cancellationToken)
    {
        var records = new ConcurrentDictionary<string, string>();
        var pushing = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = PushesAtOnce,
        };
        await Parallel.ForEachAsync(scenario.Images, pushing, async (image, token) =>
            records[$"tracebloc.io/last-refreshed-{image.Name}-digest"] = await stage.Registries[image.Registry]
                .PushAsync(image.Repository, TrackedImage.Tag, image.Name, ImageShape.OciIndex, token));
        var items = new JsonArray([.. scenario.Workloads.Select(Deployment)]);
        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = items };
        await stage.Kubectl.RunAsync(["apply", "--filename=-"], cancellationToken, list.ToJsonString());
        foreach (var workload in scenario.Workloads)
            await stage.Kubectl.RunAsync(
                ["rollout", "status", $"deployment/{workload}", "--timeout=60s"], cancellationToken);
        return records;
    }

    /// <exception cref="InvalidOperationException">A record is missing: the next tick would have work.</exception>
    public static async Task CheckAsync(
        this Stage stage, IReadOnlyDictionary<string, string> records, CancellationToken cancellationToken)
    {
        var list = JsonNode.Parse(
            await stage.Kubectl.RunAsync(["get", "deployments", "--output=json"], cancellationToken));
        var found = list?["items"]?.AsArray().SelectMany(item => item?["metadata"]?["annotations"]?.AsObject() ?? [])
            .Select(annotation => (annotation.Key, (string?)annotation.Value ?? ""))
            .ToHashSet() ?? [];
        var missing = records.Where(record => !found.Contains((record.Key, record.Value))).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"The first tick left no {missing[0]} and {missing.Count - 1} more.");
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
            {Action(image)}
        """;

    private static string Action(TrackedImage image) => image.Variable is null
        ? "action: restart"
        : $"action: setEnv\n    container: api\n    env: {image.Variable}";

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
