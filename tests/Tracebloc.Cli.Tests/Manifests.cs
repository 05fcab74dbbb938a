using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Tests;

/// <summary>The objects of a release, as the client chart renders those parts of them that matter here.</summary>
internal static class Manifests
{
    public static JsonObject Deployment(string release, string ns = Scene.Namespace) => Parse($$"""
        {
          "apiVersion": "apps/v1", "kind": "Deployment",
          "metadata": {
            "name": "{{release}}-jobs-manager", "namespace": "{{ns}}",
            "labels": {
              "app.kubernetes.io/name": "client", "app.kubernetes.io/instance": "{{release}}",
              "app.kubernetes.io/version": "2.0.0", "app.kubernetes.io/managed-by": "Helm",
              "app.kubernetes.io/component": "jobs-manager", "helm.sh/chart": "client-2.1.0"
            }
          },
          "spec": {
            "selector": { "matchLabels": { "app": "manager" } },
            "template": {
              "metadata": { "labels": { "app": "manager" } },
              "spec": {
                "containers": [
                  {
                    "name": "api", "image": "ghcr.io/tracebloc/jobs-manager:prod",
                    "env": [
                      { "name": "CLIENT_PVC", "value": "client-pvc" },
                      { "name": "DB_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "s", "key": "k" } } },
                      { "name": "INGESTOR_IMAGE_REPOSITORY", "value": "ghcr.io/tracebloc/ingestor" },
                      { "name": "INGESTOR_IMAGE_TAG", "value": "prod" },
                      { "name": "INGESTOR_IMAGE_DIGEST", "value": "{{Scene.Digest}}" },
                      { "name": "IMAGE_PULL_SECRET_NAME", "value": "{{release}}-regcred" }
                    ]
                  },
                  { "name": "pods-monitor-container", "image": "docker.io/tracebloc/pods-monitor:prod" }
                ],
                "volumes": [
                  { "name": "ingestion-authz", "configMap": { "name": "{{release}}-ingestion-authz" } }
                ]
              }
            }
          }
        }
        """);

    public static JsonObject Service(string ns = Scene.Namespace) => Parse($$"""
        {
          "apiVersion": "v1", "kind": "Service",
          "metadata": { "name": "jobs-manager", "namespace": "{{ns}}" },
          "spec": { "selector": { "app": "manager" }, "ports": [{ "name": "http", "port": 8080, "targetPort": 8080 }] }
        }
        """);

    public static JsonObject Policy(string release, string ns = Scene.Namespace) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = $"{release}-ingestion-authz", ["namespace"] = ns },
        ["data"] = new JsonObject
        {
            ["ingestion-authz.yaml"] =
                $"allowed:\n- namespace: {ns}\n  service_account: ingestor\n  table_prefixes:\n  - \"*\"\n",
        },
    };

    public static JsonObject Claim(string ns = Scene.Namespace, string phase = "Bound") => Parse($$"""
        {
          "apiVersion": "v1", "kind": "PersistentVolumeClaim",
          "metadata": { "name": "client-pvc", "namespace": "{{ns}}" },
          "spec": { "storageClassName": "edge-storage-class", "accessModes": ["ReadWriteMany"] },
          "status": { "phase": "{{phase}}", "accessModes": ["ReadWriteMany"], "capacity": { "storage": "50Gi" } }
        }
        """);

    public static JsonObject Account(string ns = Scene.Namespace, string name = "ingestor") => Parse($$"""
        { "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": "{{name}}", "namespace": "{{ns}}" } }
        """);

    public static JsonObject TokenSecret(string name, string account, string token) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = "kubernetes.io/service-account-token",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["annotations"] = new JsonObject { ["kubernetes.io/service-account.name"] = account },
        },
        ["data"] = new JsonObject
        {
            ["token"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token)),
        },
    };

    /// <summary>The answer of jobs-manager's <c>/v1/version</c>.</summary>
    public static JsonObject Version(string version, string digest) => new()
    {
        ["version"] = version,
        ["schemas"] = new JsonArray(new JsonObject { ["name"] = "ingest.v1", ["digest"] = digest }),
        ["categories"] = new JsonArray("image_classification"),
        ["features"] = new JsonArray("replay_state", "datasets", "delete_datasets"),
    };

    /// <summary>A Deployment as the program reads it.</summary>
    public static V1Deployment Seen(this JsonObject deployment)
    {
        var list = $$"""{"items":[{{deployment.ToJsonString()}}]}""";
        return JsonSerializer.Deserialize(list, ClusterJson.Default.ResourceListV1Deployment)!.Items[0];
    }

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
