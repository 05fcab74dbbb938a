using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Manifests with good defaults, so that a test says only what it is about.</summary>
public static class Some
{
    /// <summary>A Deployment with one replica; with one container when none is added.</summary>
    public static WorkloadBuilder Deployment(string name) => new("Deployment", name);

    /// <inheritdoc cref="Deployment"/>
    public static WorkloadBuilder StatefulSet(string name) => new("StatefulSet", name);

    /// <summary>A DaemonSet; with one container when none is added.</summary>
    public static WorkloadBuilder DaemonSet(string name) => new("DaemonSet", name);

    /// <summary>A CronJob of every night; with one container when none is added.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version"><c>v1</c>, or <c>v1beta1</c> as a server of 1.20 has it.</param>
    public static WorkloadBuilder CronJob(string name, string version = "v1") => WorkloadBuilder.CronJob(name, version);

    public static JsonObject ConfigMap(string name, params (string Key, string Value)[] data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    /// <summary>A secret of one key, which is <c>.dockerconfigjson</c> or <c>.dockercfg</c> by its type.</summary>
    public static JsonObject PullSecret(string name, string content, string type = "dockerconfigjson") => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = $"kubernetes.io/{type}",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject { [$".{type}"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content)) },
    };

    public static JsonObject ServiceAccount(string name, params string[] pullSecrets) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ServiceAccount",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["imagePullSecrets"] = Names(pullSecrets),
    };

    internal static JsonArray Names(IEnumerable<string> names) =>
        [.. names.Select(name => new JsonObject { ["name"] = name })];

    /// <summary>A node of <c>linux/arm64</c> with the labels that its kubelet gives it.</summary>
    public static JsonObject Node(string name, string platform) => platform.Split('/') is [var os, var architecture]
        ? new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject { ["kubernetes.io/os"] = os, ["kubernetes.io/arch"] = architecture },
            },
            ["status"] = new JsonObject
            {
                ["nodeInfo"] = new JsonObject { ["operatingSystem"] = os, ["architecture"] = architecture },
            },
        }
        : throw new ArgumentException($"{platform} does not read like linux/arm64", nameof(platform));
}

/// <summary>A workload's manifest; each method returns another builder.</summary>
public sealed class WorkloadBuilder
{
    private readonly JsonObject _manifest;

    internal WorkloadBuilder(string kind, string name)
    {
        _manifest = JsonNode.Parse($$$"""
            {
              "apiVersion": "apps/v1",
              "kind": "{{{kind}}}",
              "metadata": { "name": "{{{name}}}", "labels": { "app": "{{{name}}}" }, "annotations": {} },
              "spec": {
                "selector": { "matchLabels": { "app": "{{{name}}}" } },
                "template": {
                  "metadata": { "labels": { "app": "{{{name}}}" } },
                  "spec": { "containers": [] }
                }
              }
            }
            """)!.AsObject();
        if (kind == "StatefulSet") _manifest["spec"]!["serviceName"] = name;
    }

    private WorkloadBuilder(JsonObject manifest) => _manifest = manifest;

    /// <summary>The pod template of a workload, or of a CronJob's Jobs.</summary>
    public static JsonObject TemplateOf(JsonObject workload)
    {
        var spec = workload["spec"]!;
        return (spec["jobTemplate"]?["spec"] ?? spec)["template"]!.AsObject();
    }

    internal static WorkloadBuilder CronJob(string name, string version) => new(JsonNode.Parse($$$"""
        {
          "apiVersion": "batch/{{{version}}}",
          "kind": "CronJob",
          "metadata": { "name": "{{{name}}}", "labels": { "app": "{{{name}}}" }, "annotations": {} },
          "spec": {
            "schedule": "0 3 * * *",
            "jobTemplate": {
              "spec": {
                "backoffLimit": 2,
                "template": {
                  "metadata": { "labels": { "app": "{{{name}}}" } },
                  "spec": { "restartPolicy": "Never", "containers": [] }
                }
              }
            }
          }
        }
        """)!.AsObject());

    public WorkloadBuilder Container(string name, string image, params (string Name, string Value)[] environment)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = image };
        if (environment is not [])
            container["env"] = new JsonArray(
                [.. environment.Select(v => new JsonObject { ["name"] = v.Name, ["value"] = v.Value })]);
        return With(m => Pod(m)["containers"]!.AsArray().Add((JsonNode)container));
    }

    public WorkloadBuilder InitContainer(string name, string image) => With(m =>
    {
        if (Pod(m)["initContainers"] is null) Pod(m)["initContainers"] = new JsonArray();
        Pod(m)["initContainers"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = name, ["image"] = image });
    });

    public WorkloadBuilder Annotation(string name, string value) =>
        With(m => m["metadata"]!["annotations"]![name] = value);

    public WorkloadBuilder PullSecrets(params string[] names) =>
        With(m => Pod(m)["imagePullSecrets"] = Some.Names(names));

    public WorkloadBuilder ServiceAccount(string name) =>
        With(m => Pod(m)["serviceAccountName"] = name);

    public WorkloadBuilder Replicas(int count) => With(m => m["spec"]!["replicas"] = count);

    public WorkloadBuilder Namespace(string name) => With(m => m["metadata"]!["namespace"] = name);

    /// <summary>Anything else.</summary>
    public WorkloadBuilder With(Action<JsonObject> change)
    {
        var copy = _manifest.DeepClone().AsObject();
        change(copy);
        return new(copy);
    }

    public JsonObject Build() =>
        Pod(_manifest)["containers"]!.AsArray().Count > 0 ? _manifest.DeepClone().AsObject()
        : Container("app", "registry.example.com/app:stable").Build();

    private static JsonNode Pod(JsonObject manifest) => TemplateOf(manifest)["spec"]!;
}
