using System.Text.Json;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Staging;

namespace Tracebloc.Cli.Tests.Staging;

public sealed class StageStateTests
{
    [Theory]
    [InlineData("""{}""", "Starting", "phase unknown")]
    [InlineData("""{"phase":"Pending"}""", "Starting", "phase Pending")]
    [InlineData(
        """{"phase":"Running","conditions":[{"type":"Ready","status":"False"}]}""", "Starting", "phase Running")]
    [InlineData("""{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""", "Ready", "")]
    [InlineData(
        """
        {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
        "message":"0/3 nodes are available: 3 Insufficient cpu."}]}
        """,
        "Starting", "Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.")]
    [InlineData(
        """{"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]}""",
        "Starting", "ContainerCreating")]
    [InlineData(
        """
        {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ErrImagePull","message":"401"}}}]}
        """,
        "Starting", "ErrImagePull: 401")]
    [InlineData(
        """
        {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff",
        "message":"Back-off\npulling"}}}]}
        """,
        "Failed", "ImagePullBackOff: Back-off pulling")]
    [InlineData(
        """
        {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"CreateContainerConfigError",
        "message":"image has non-numeric user"}}}]}
        """,
        "Failed", "CreateContainerConfigError: image has non-numeric user")]
    [InlineData(
        """{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory."}""",
        "Failed", "Evicted: The node was low on resource: memory.")]
    [InlineData(
        """
        {"phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":2,"reason":"Error"}}}]}
        """,
        "Failed", "its container ended with exit code 2: Error")]
    [InlineData("""{"phase":"Succeeded"}""", "Failed", "it ended in phase Succeeded")]
    public void The_state_has_the_reason_of_the_cluster(string status, string phase, string reason)
    {
        var state = StageState.Of(Pod($$"""{"status":{{status}}}"""));

        Assert.Equal((phase, reason), (state.Phase.ToString(), state.Reason));
    }

    [Fact]
    public void A_pod_that_is_being_deleted_is_no_use() => Assert.Equal(
        StagePhase.Failed,
        StageState.Of(Pod(
            """
            {"metadata":{"deletionTimestamp":"2026-01-02T03:04:05Z"},
            "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
            """)).Phase);

    private static V1Pod Pod(string json) => JsonSerializer.Deserialize(json, ClusterJson.Default.V1Pod)!;
}
