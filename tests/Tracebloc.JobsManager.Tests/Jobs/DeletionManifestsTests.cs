using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Jobs;

/// <summary>The Job of a deletion, as the API server gets it.</summary>
public sealed class DeletionManifestsTests
{
    private static readonly DatasetDeletion Deletion = new()
    {
        Id = "0123456789ab",
        Table = "houses",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ghcr.io/tracebloc/ingestor:prod",
        RequestedAt = Some.Time,
    };

    private static readonly JsonNode Job = JsonSerializer.SerializeToNode(
        DeletionManifests.Job(Deletion, Some.Pods), RunJson.Default.V1Job)!;

    private static JsonNode Pod => Job["spec"]!["template"]!;

    private static JsonNode Container => Assert.Single(Pod["spec"]!["containers"]!.AsArray())!;

    [Fact]
    public void It_runs_the_ingestor_on_the_table_with_the_database_and_the_volume_alone()
    {
        Assert.Equal("""["delete","houses"]""", Container["args"]!.ToJsonString());
        Assert.Equal(
            ["MYSQL_HOST", "MYSQL_PORT", "DB_USER", "DB_PASSWORD"],
            Container["env"]!.AsArray().Select(each => (string?)each!["name"]));
        Assert.Equal(["data", "scratch"], Pod["spec"]!["volumes"]!.AsArray().Select(each => (string?)each!["name"]));
        Assert.Equal(
            7 * 24 * 60 * 60, (int?)Job["spec"]!["ttlSecondsAfterFinished"]);
        Assert.Equal(
            ["/data/shared", "/tmp"], Container["volumeMounts"]!.AsArray().Select(each => (string?)each!["mountPath"]));
    }

    [Fact]
    public void It_has_the_profile_of_a_run()
    {
        var run = JsonSerializer.SerializeToNode(RunManifests.Job(Some.Run(), Some.Pods), RunJson.Default.V1Job)!;
        var pod = run["spec"]!["template"]!["spec"]!;

        Assert.Equal(pod["securityContext"]!.ToJsonString(), Pod["spec"]!["securityContext"]!.ToJsonString());
        Assert.Equal(
            pod["containers"]![0]!["securityContext"]!.ToJsonString(), Container["securityContext"]!.ToJsonString());
        Assert.Equal(pod["containers"]![0]!["resources"]!.ToJsonString(), Container["resources"]!.ToJsonString());
    }

    [Fact]
    public void Its_pod_is_under_the_network_policy_of_runs_and_is_taken_for_none()
    {
        foreach (var metadata in (JsonNode[])[Job["metadata"]!, Pod["metadata"]!])
        {
            Assert.NotNull(metadata["labels"]!["tracebloc.io/ingestion-run"]);
            Assert.Equal("""{"tracebloc.io/deleted-table":"houses"}""", metadata["annotations"]!.ToJsonString());
        }
    }

    [Fact]
    public void Another_request_for_the_same_table_has_another_Job() => Assert.NotEqual(
        DatasetDeletion.IdOf("houses", Some.Time), DatasetDeletion.IdOf("houses", Some.Time.AddTicks(10)));
}
