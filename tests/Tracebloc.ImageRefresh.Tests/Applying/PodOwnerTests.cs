using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Only pods of the workload fail its rollout; finding out needs the ReplicaSets between.</summary>
public sealed class PodOwnerTests
{
    [Fact]
    public async Task A_forged_owner_of_the_right_name_does_not_fail_a_rollout()
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.Progresses);
        fixture.Api.Fail("list", "pods", FakeFault.First(_ =>
        {
            fixture.Api.Add(Forged(fixture.Api));
            return Task.CompletedTask;
        }));
        // Twice, so that the first answer has been gone by.
        fixture.Api.Fail("list", "replicasets", FakeFault.First(_ => Task.CompletedTask));
        fixture.Api.Fail("list", "replicasets", FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
    }

    [Fact]
    public async Task ReplicaSets_are_asked_for_by_the_workloads_labels()
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.CannotPull);

        Assert.Equal(12, (await fixture.TickThroughWaitsAsync()).ExitCode);

        var asked = Assert.Single(fixture.Api.Calls, call => call is { Verb: "list", Resource: "replicasets" });
        var pods = fixture.Api.Calls.First(call => call is { Verb: "list", Resource: "pods" });
        Assert.Equal(pods.Query["labelSelector"], asked.Query["labelSelector"]);
        Assert.NotEmpty(asked.Query["labelSelector"]);
    }

    [Fact]
    public async Task Where_ReplicaSets_may_not_be_listed_no_pod_counts()
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.CannotPull);
        fixture.Api.Deny("watch", "deployments");
        fixture.Api.Deny("list", "replicasets");
        var gets = 0;
        fixture.Api.Fail(
            call => call.Verb == "get" && fixture.Api.Count("list", "replicasets") > 0 && ++gets == 3,
            FakeFault.First(_ =>
            {
                fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
                return Task.CompletedTask;
            }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(1, fixture.Api.Count("list", "pods"));
        Assert.Equal(1, fixture.Api.Count("list", "replicasets"));
    }

    [Fact]
    public async Task Where_ReplicaSets_may_not_be_listed_the_next_tick_waits_as_well()
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.CannotPull);
        using var kill = new CancellationTokenSource();
        fixture.Api.Fail("watch", "deployments", FakeFault.First(_ => kill.CancelAsync()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.TickAsync(token: kill.Token));
        fixture.Api.Deny("list", "replicasets");

        var waiting = await fixture.TickAsync();

        Assert.Equal((Outcome.Waiting, 0), (Assert.Single(waiting.Images).Outcome, waiting.ExitCode));
        Assert.Equal(1, fixture.Api.Count("list", "replicasets"));
    }

    /// <summary>About to roll out a newer digest, which then stands as given.</summary>
    private static async Task<TickFixture> RollingAsync(RolloutBehaviour behaviour)
    {
        var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, behaviour);
        return fixture;
    }

    // A pod of the new template whose image cannot be pulled.
    private static JsonObject Forged(FakeKubernetesApi api)
    {
        var mark = "kubectl.kubernetes.io/restartedAt";
        var pod = api.List("pods").Single(one => one["metadata"]!["annotations"]![mark] is not null);
        pod["metadata"]!["name"] = "forged";
        pod["metadata"]!["ownerReferences"]![0]!["uid"] = "made-up";
        pod["status"]!["containerStatuses"]![0]!["state"] =
            new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ImagePullBackOff" } };
        return pod;
    }
}
