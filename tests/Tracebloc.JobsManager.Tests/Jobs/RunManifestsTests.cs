using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;

namespace Tracebloc.JobsManager.Tests.Jobs;

/// <summary>The objects of a run, field by field, as the API server gets them.</summary>
public sealed class RunManifestsTests
{
    [Fact]
    public void A_Job_of_one_pod_is_not_indexed_and_keeps_its_failed_pods()
    {
        var job = Job(Some.Run());

        Assert.Equal("batch/v1 Job", $"{job["apiVersion"]} {job["kind"]}");
        Assert.Equal($"ingest-job-{Some.Key().Hash}", (string?)job["metadata"]?["name"]);
        Assert.Equal(
            """{"parallelism":1,"completions":1,"backoffLimit":3,"podReplacementPolicy":"Failed","podFailurePolicy":"""
            + """{"rules":[{"action":"FailJob","onExitCodes":{"containerName":"ingestor","operator":"In","""
            + "\"values\":[2]}}]}}",
            Without(job["spec"], "template"));
    }

    [Fact]
    public void A_Job_of_many_pods_is_indexed_and_its_pods_know_their_number()
    {
        var job = Job(Some.Run(parallelism: 4));

        Assert.Equal(
            ("Indexed", 4, 4),
            (
                (string?)job["spec"]?["completionMode"], (int?)job["spec"]?["parallelism"],
                (int?)job["spec"]?["completions"]));
        Assert.Equal("4", Variables(job)["TRACEBLOC_INGEST_SHARDS"]?["value"]?.ToString());
    }

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, null)]
    public void A_run_that_replaces_a_data_set_knows_it_and_so_does_its_undo(bool overwrites, string? value)
    {
        var run = Some.Run();
        run = run with { Request = run.Request with { Overwrite = overwrites } };
        JsonNode[] jobs = [Job(run), Json(RunManifests.UndoJob(run, Some.Pods), RunJson.Default.V1Job)];

        Assert.All(jobs, job => Assert.Equal(
            value,
            Variables(job).TryGetValue("TRACEBLOC_INGEST_OVERWRITE", out var variable)
                ? (string?)variable?["value"] : null));
    }

    [Fact]
    public void Every_object_carries_the_run_and_its_content()
    {
        var (run, names) = (Some.Run(), RunNames.OfRun(Some.Run()));
        JsonNode[] objects =
        [
            Job(run),
            Job(run)["spec"]?["template"] ?? "",
            Json(RunManifests.ConfigMap(run, names, "uid-1"), RunJson.Default.V1ConfigMap),
            Json(RunManifests.Secret(run, names, "uid-1", new Secret("t")), RunJson.Default.V1Secret),
        ];

        Assert.All(objects, item =>
        {
            Assert.Equal(
                """{"tracebloc.io/ingestion-run":"run-7","app.kubernetes.io/managed-by":"jobs-manager"}""",
                item["metadata"]?["labels"]?.ToJsonString());
            Assert.Equal(
                $$"""{"tracebloc.io/ingestion-run":"run-7","tracebloc.io/content-digest":"{{new string('a', 64)}}"}""",
                item["metadata"]?["annotations"]?.ToJsonString());
        });
    }

    [Theory]
    [InlineData("run-7", "run-7")]
    [InlineData("-run", "2539c028310d")]
    [InlineData("run.", "7d1acaa40053")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", "676491965ed3")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123",
        "123456789012345678901234567890123456789012345678901234567890123")]
    public void A_key_that_is_no_value_of_labels_is_labelled_by_its_hash(string key, string label)
    {
        var metadata = RunManifests.Job(Some.Run(key), Some.Pods).Metadata;

        Assert.Equal(label, metadata?.Labels?[RunNames.Label]);
        Assert.Equal(Some.Key(key), Ownership.KeyOf(metadata));
    }

    [Fact]
    public void A_pod_is_of_the_restricted_profile_and_writes_to_its_volumes_only()
    {
        var spec = PodSpec(Job(Some.Run()));

        Assert.Equal(
            """{"runAsNonRoot":true,"runAsUser":65534,"runAsGroup":65534,"fsGroup":65534,"""
            + "\"fsGroupChangePolicy\":\"OnRootMismatch\",\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}",
            spec["securityContext"]?.ToJsonString());
        Assert.Equal(
            """{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}""",
            Container(spec)["securityContext"]?.ToJsonString());
        Assert.Equal(
            """[{"name":"data","mountPath":"/data/shared"},"""
            + """{"name":"specification","mountPath":"/etc/tracebloc/ingest","readOnly":true},"""
            + """{"name":"scratch","mountPath":"/tmp"}]""",
            Container(spec)["volumeMounts"]?.ToJsonString());
        Assert.Equal(
            """[{"name":"data","persistentVolumeClaim":{"claimName":"client-pvc"}},"""
            + $$$"""{"name":"specification","configMap":{"name":"ingest-config-{{{Some.Key().Hash}}}"}},"""
            + """{"name":"scratch","emptyDir":{}}]""",
            spec["volumes"]?.ToJsonString());
        Assert.Equal(
            """{"restartPolicy":"Never","automountServiceAccountToken":false,"enableServiceLinks":false}""",
            Without(spec, "securityContext", "containers", "volumes"));
    }

    /// <summary>A constraint of OpenShift chooses them then.</summary>
    [Fact]
    public void Without_a_fixed_user_the_cluster_chooses_one_and_never_root()
    {
        var settings = Some.Pods with { HasFixedUser = false };

        Assert.Equal(
            """{"runAsNonRoot":true,"fsGroupChangePolicy":"OnRootMismatch","""
            + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}",
            PodSpec(Job(Some.Run(), settings))["securityContext"]?.ToJsonString());
        var security = PodSpec(Job(Some.Run(), settings with { User = 1000 }))["securityContext"];
        Assert.Equal((1000, null), ((int?)security?["runAsUser"], (int?)security?["runAsGroup"]));
    }

    [Fact]
    public void A_run_verifies_the_database_by_the_authorities_that_the_installation_names()
    {
        var job = Job(Some.Run(), Some.Pods with { DatabaseAuthorities = "company-ca" });
        var (spec, file) = (PodSpec(job), (string?)Variables(job)["MYSQL_SSL_CA"]["value"]);

        Assert.Equal("/etc/tracebloc/database/ca.crt", file);
        Assert.Equal(
            """{"name":"database-ca","mountPath":"/etc/tracebloc/database","readOnly":true}""",
            Container(spec)["volumeMounts"]?[3]?.ToJsonString());
        Assert.Equal(
            """{"name":"database-ca","configMap":{"name":"company-ca"}}""", spec["volumes"]?[3]?.ToJsonString());
    }

    [Fact]
    public void A_pod_has_the_environment_of_a_run_and_no_password_of_the_client()
    {
        var variables = Variables(Job(Some.Run()));

        Assert.Equal(
            [
                "INGEST_CONFIG", "BACKEND_TOKEN", "BACKEND_URL", "MYSQL_HOST", "MYSQL_PORT", "CLIENT_ENV",
                "TRACEBLOC_INGEST_CORRELATION_ID", "DB_USER", "DB_PASSWORD",
            ],
            variables.Keys);
        Assert.Equal("/etc/tracebloc/ingest/ingest.yaml", (string?)variables["INGEST_CONFIG"]["value"]);
        Assert.Equal("run-7", (string?)variables["TRACEBLOC_INGEST_CORRELATION_ID"]["value"]);
        Assert.Equal(
            $$"""{"name":"ingest-token-{{Some.Key().Hash}}","key":"BACKEND_TOKEN"}""",
            variables["BACKEND_TOKEN"]["valueFrom"]?["secretKeyRef"]?.ToJsonString());
        Assert.Equal("tracebloc-db", (string?)variables["DB_PASSWORD"]["valueFrom"]?["secretKeyRef"]?["name"]);
    }

    [Theory]
    [InlineData("example.com/ingestor@sha256:1", "IfNotPresent")]
    [InlineData("example.com/ingestor:prod", "Always")]
    public void A_tag_is_pulled_always_and_a_digest_once(string image, string policy)
    {
        var container = Container(PodSpec(Job(Some.Run() with { Image = image })));

        Assert.Equal((image, policy), ((string?)container["image"], (string?)container["imagePullPolicy"]));
    }

    [Fact]
    public void The_installation_sets_secret_class_node_account_and_resources()
    {
        var spec = PodSpec(Job(Some.Run(), Some.Pods with
        {
            PullSecret = "pull",
            RuntimeClass = "kata",
            NodeSelector = new Dictionary<string, string> { ["disk"] = "fast" },
            User = 1000,
            Group = 2000,
        }));

        Assert.Equal("""[{"name":"pull"}]""", spec["imagePullSecrets"]?.ToJsonString());
        Assert.Equal("kata", (string?)spec["runtimeClassName"]);
        Assert.Equal("""{"disk":"fast"}""", spec["nodeSelector"]?.ToJsonString());
        Assert.Equal(
            (1000, 2000, 2000),
            ((int?)spec["securityContext"]?["runAsUser"], (int?)spec["securityContext"]?["runAsGroup"],
                (int?)spec["securityContext"]?["fsGroup"]));
        Assert.Equal(
            """{"requests":{"cpu":"250m","memory":"512Mi"},"limits":{"cpu":"2","memory":"1Gi"}}""",
            Container(spec)["resources"]?.ToJsonString());
    }

    [Fact]
    public void The_Job_that_takes_a_run_back_is_one_pod_with_objects_of_its_own()
    {
        var job = Json(RunManifests.UndoJob(Some.Run(parallelism: 4), Some.Pods), RunJson.Default.V1Job);

        Assert.Equal($"ingest-undo-{Some.Key().Hash}", (string?)job["metadata"]?["name"]);
        Assert.Equal((1, null), ((int?)job["spec"]?["completions"], (string?)job["spec"]?["completionMode"]));
        Assert.Equal("""["undo"]""", Container(PodSpec(job))["args"]?.ToJsonString());
        Assert.Equal(
            $"ingest-undo-token-{Some.Key().Hash}",
            (string?)Variables(job)["BACKEND_TOKEN"]["valueFrom"]?["secretKeyRef"]?["name"]);
        Assert.Equal(
            $"ingest-undo-config-{Some.Key().Hash}", (string?)PodSpec(job)["volumes"]?[1]?["configMap"]?["name"]);
    }

    [Fact]
    public void ConfigMap_and_Secret_go_with_their_Job()
    {
        var (run, names) = (Some.Run(), RunNames.OfRun(Some.Run()));

        var map = Json(RunManifests.ConfigMap(run, names, "uid-1"), RunJson.Default.V1ConfigMap);
        var secret = Json(RunManifests.Secret(run, names, "uid-1", new Secret("a token")), RunJson.Default.V1Secret);

        var owner = $$"""[{"apiVersion":"batch/v1","kind":"Job","name":"{{run.JobName}}","uid":"uid-1"}]""";
        Assert.Equal(owner, map["metadata"]?["ownerReferences"]?.ToJsonString());
        Assert.Equal(owner, secret["metadata"]?["ownerReferences"]?.ToJsonString());
        Assert.Equal(run.Request.Specification, (string?)map["data"]?["ingest.yaml"]);
        Assert.Equal("a token", (string?)secret["stringData"]?["BACKEND_TOKEN"]);
    }

    private static JsonNode Job(IngestionRun run, PodSettings? settings = null) =>
        Json(RunManifests.Job(run, settings ?? Some.Pods), RunJson.Default.V1Job);

    private static JsonNode Json<T>(T value, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(value, type) ?? throw new JsonException("null");

    private static JsonNode PodSpec(JsonNode job) =>
        job["spec"]?["template"]?["spec"] ?? throw new JsonException("The Job has no pod.");

    private static JsonNode Container(JsonNode spec) =>
        Assert.Single(spec["containers"]?.AsArray() ?? []) ?? throw new JsonException("The pod has no container.");

    private static Dictionary<string, JsonNode> Variables(JsonNode job) =>
        (Container(PodSpec(job))["env"]?.AsArray() ?? []).OfType<JsonNode>().ToDictionary(each => $"{each["name"]}");

    private static string Without(JsonNode? node, params string[] names)
    {
        var rest = node?.DeepClone().AsObject() ?? [];
        foreach (var name in names) rest.Remove(name);
        return rest.ToJsonString();
    }
}
