using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The server's defaults and validation of a workload, as far as they matter to a refresh.</summary>
internal static class WorkloadDefaults
{
    internal static bool IsWorkload(FakeResourceType type) =>
        type.Group == "apps" && type != FakeResourceType.ReplicaSets;

    internal static void Apply(FakeResourceType type, JsonObject body)
    {
        if (!IsWorkload(type) || body["spec"] is not JsonObject spec) return;
        if (type != FakeResourceType.DaemonSets) Default(spec, "replicas", 1);
        Default(spec, "revisionHistoryLimit", 10);
        if (type == FakeResourceType.Deployments) Default(spec, "progressDeadlineSeconds", 600);
        var strategy = type == FakeResourceType.Deployments ? "strategy" : "updateStrategy";
        if (spec[strategy] is null)
            spec[strategy] = new JsonObject { ["type"] = "RollingUpdate" };
        if (type == FakeResourceType.Deployments && (string?)spec[strategy]!["type"] == "RollingUpdate")
            spec[strategy]!["rollingUpdate"] ??= new JsonObject { ["maxSurge"] = "25%", ["maxUnavailable"] = "25%" };
        if (type == FakeResourceType.StatefulSets) Default(spec, "podManagementPolicy", "OrderedReady");
        Validate(type, body, null);
    }

    internal static void Validate(FakeResourceType type, JsonObject body, FakeObject? before)
    {
        if (!IsWorkload(type)) return;
        var name = (string?)body["metadata"]?["name"] ?? "";
        if (before is not null && !JsonNode.DeepEquals(before.Body["spec"]?["selector"], body["spec"]?["selector"]))
            throw FakeStatusException.Invalid(type, name, "spec.selector", "field is immutable");
        if (body["spec"]?["template"]?["spec"]?["containers"] is not JsonArray { Count: > 0 } containers)
            throw FakeStatusException.Invalid(type, name, "spec.template.spec.containers", "Required value");
        for (var i = 0; i < containers.Count; i++)
            Validate(containers[i], (field, message) =>
                FakeStatusException.Invalid(type, name, $"spec.template.spec.containers[{i}].{field}", message));
    }

    private static void Validate(JsonNode? container, Func<string, string, Exception> invalid)
    {
        if (container?["name"] is null) throw invalid("name", "Required value");
        if (string.IsNullOrEmpty((string?)container["image"])) throw invalid("image", "Required value");
        var variables = container["env"] as JsonArray ?? [];
        for (var i = 0; i < variables.Count; i++)
        {
            if (variables[i]?["name"] is null) throw invalid($"env[{i}].name", "Required value");
            if (variables[i]?["valueFrom"] is not null && !string.IsNullOrEmpty((string?)variables[i]?["value"]))
                throw invalid($"env[{i}].valueFrom",
                    "Invalid value: \"\": may not be specified when `value` is not empty");
        }
    }

    private static void Default(JsonObject spec, string name, JsonNode value)
    {
        if (spec[name] is null) spec[name] = value;
    }
}
