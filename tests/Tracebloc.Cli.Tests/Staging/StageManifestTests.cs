using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Staging;

namespace Tracebloc.Cli.Tests.Staging;

public sealed class StageManifestTests
{
    private static readonly Release Edge = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

    [Fact]
    public void The_pod_is_made_of_the_release()
    {
        var pod = Of(Edge, "_Cats_");

        Assert.Equal(
            $$"""
            {
              "apiVersion": "v1",
              "kind": "Pod",
              "metadata": {
                "name": "stage-1",
                "namespace": "tracebloc",
                "labels": {
                  "app.kubernetes.io/managed-by": "tracebloc",
                  "tracebloc.io/component": "stage",
                  "tracebloc.io/table": "Cats"
                },
                "annotations": {
                  "tracebloc.io/table": "_Cats_",
                  "tracebloc.io/created-by": "tracebloc {{ProgramVersion.Text}}"
                }
              },
              "spec": {
                "restartPolicy": "Never",
                "activeDeadlineSeconds": 43200,
                "terminationGracePeriodSeconds": 1,
                "serviceAccountName": "ingestor",
                "automountServiceAccountToken": false,
                "enableServiceLinks": false,
                "imagePullSecrets": [
                  {
                    "name": "edge-regcred"
                  }
                ],
                "securityContext": {
                  "runAsNonRoot": true,
                  "runAsUser": 65534,
                  "runAsGroup": 65534,
                  "fsGroup": 65534,
                  "fsGroupChangePolicy": "OnRootMismatch",
                  "seccompProfile": {
                    "type": "RuntimeDefault"
                  }
                },
                "containers": [
                  {
                    "name": "stage",
                    "image": "ghcr.io/tracebloc/ingestor@{{Scene.Digest}}",
                    "imagePullPolicy": "IfNotPresent",
                    "args": [
                      "stage",
                      "--wait",
                      "--folder",
                      "cats-1"
                    ],
                    "resources": {
                      "requests": {
                        "cpu": "100m",
                        "memory": "128Mi"
                      },
                      "limits": {
                        "cpu": "2",
                        "memory": "512Mi"
                      }
                    },
                    "securityContext": {
                      "allowPrivilegeEscalation": false,
                      "readOnlyRootFilesystem": true,
                      "capabilities": {
                        "drop": [
                          "ALL"
                        ]
                      }
                    },
                    "volumeMounts": [
                      {
                        "name": "data",
                        "mountPath": "/data/shared"
                      },
                      {
                        "name": "scratch",
                        "mountPath": "/tmp"
                      }
                    ]
                  }
                ],
                "volumes": [
                  {
                    "name": "data",
                    "persistentVolumeClaim": {
                      "claimName": "client-pvc"
                    }
                  },
                  {
                    "name": "scratch",
                    "emptyDir": {}
                  }
                ]
              }
            }
            """.ReplaceLineEndings("\n"),
            pod.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_pod_runs_as_the_runs_of_the_release_do()
    {
        var spec = Of(Edge with
        {
            User = 1000,
            Group = 100,
            RuntimeClass = "gvisor",
            NodeSelector = new Dictionary<string, string> { ["disktype"] = "ssd" },
            PullSecret = null,
        })["spec"]!;

        Assert.Equal((1000, 100, 100), (
            (int)spec["securityContext"]!["runAsUser"]!,
            (int)spec["securityContext"]!["runAsGroup"]!,
            (int)spec["securityContext"]!["fsGroup"]!));
        Assert.Equal("gvisor", (string?)spec["runtimeClassName"]);
        Assert.Equal("ssd", (string?)spec["nodeSelector"]!["disktype"]);
        Assert.Null(spec["imagePullSecrets"]);
    }

    [Fact]
    public void The_pod_has_the_user_of_its_cluster_where_runs_have()
    {
        var security = Of(Edge with { HasFixedUser = false })["spec"]!["securityContext"]!;

        Assert.Equal(
            (null, null, null, true),
            (security["runAsUser"], security["runAsGroup"], security["fsGroup"], (bool)security["runAsNonRoot"]!));
    }

    [Fact]
    public void A_tag_is_pulled_at_each_start() => Assert.Equal(
        "Always",
        (string?)Of(Edge with { Image = "ghcr.io/tracebloc/ingestor:prod" })
            ["spec"]!["containers"]![0]!["imagePullPolicy"]);

    [Fact]
    public void A_release_without_an_image_cannot_stage()
    {
        var fault = Assert.Throws<CliException>(() => Of(Edge with { Image = null }));

        Assert.Equal(CliExit.Staging, fault.ExitCode);
        Assert.StartsWith("Image of the ingestor is unknown", fault.Message, StringComparison.Ordinal);
    }

    private static JsonObject Of(Release release, string table = "cats")
    {
        var target = new StageTarget(release, "ingestor", table, "cats-1");
        var pod = StageManifest.Of(target, "stage-1", new StageDeadlines());
        return JsonSerializer.SerializeToNode(pod, StageJson.Default.NewPod)!.AsObject();
    }
}
