using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class RolloutStatusTests
{
    private static readonly WorkloadStatus Done = new()
    {
        ObservedGeneration = 2,
        Replicas = 3,
        UpdatedReplicas = 3,
        AvailableReplicas = 3,
        ReadyReplicas = 3,
        CurrentRevision = "r2",
        UpdateRevision = "r2",
        DesiredNumberScheduled = 3,
        UpdatedNumberScheduled = 3,
        NumberAvailable = 3,
    };

    private static RolloutStatus Of(WorkloadKind kind, WorkloadStatus status, int? replicas = 3, int partition = 0) =>
        RolloutStatus.Of(kind, new Workload
        {
            Metadata = new WorkloadMetadata { Generation = 2 },
            Spec = new WorkloadSpec
            {
                Replicas = replicas,
                UpdateStrategy = new UpdateStrategy { RollingUpdate = new RollingUpdate { Partition = partition } },
            },
            Status = status,
        });

    [Theory]
    [InlineData(WorkloadKind.Deployment)]
    [InlineData(WorkloadKind.StatefulSet)]
    [InlineData(WorkloadKind.DaemonSet)]
    public void A_workload_whose_pods_are_all_new_and_available_is_settled(WorkloadKind kind) =>
        Assert.Equal(RolloutState.Settled, Of(kind, Done).State);

    [Theory]
    [InlineData(WorkloadKind.Deployment)]
    [InlineData(WorkloadKind.StatefulSet)]
    [InlineData(WorkloadKind.DaemonSet)]
    public void A_status_of_an_earlier_generation_says_nothing(WorkloadKind kind) =>
        Assert.Equal(RolloutState.Progressing, Of(kind, Done with { ObservedGeneration = 1 }).State);

    [Fact]
    public void A_deployment_waits_for_its_updated_replicas() =>
        Assert.Equal(
            "2 of 3 replicas are updated", Of(WorkloadKind.Deployment, Done with { UpdatedReplicas = 2 }).Message);

    [Fact]
    public void A_deployment_waits_for_its_old_replicas_to_go() =>
        Assert.Equal("1 old replicas are there", Of(WorkloadKind.Deployment, Done with { Replicas = 4 }).Message);

    [Fact]
    public void A_deployment_waits_for_its_replicas_to_be_available() =>
        Assert.Equal(RolloutState.Progressing, Of(WorkloadKind.Deployment, Done with { AvailableReplicas = 2 }).State);

    [Fact]
    public void A_deployment_past_its_progress_deadline_has_failed()
    {
        var status = Done with
        {
            UpdatedReplicas = 1,
            Conditions = [new() { Type = "Progressing", Reason = "ProgressDeadlineExceeded", Message = "timed out" }],
        };

        Assert.Equal(RolloutState.Failed, Of(WorkloadKind.Deployment, status).State);
    }

    [Fact]
    public void A_progress_deadline_of_an_earlier_generation_is_no_failure()
    {
        var status = Done with
        {
            ObservedGeneration = 1,
            Conditions = [new() { Type = "Progressing", Reason = "ProgressDeadlineExceeded" }],
        };

        Assert.Equal(RolloutState.Progressing, Of(WorkloadKind.Deployment, status).State);
    }

    [Theory]
    [InlineData("2026-03-01T11:50:00Z", 1, false)]
    [InlineData("2026-03-01T12:10:00Z", 1, true)]
    [InlineData("2026-03-01T11:50:00Z", 2, true)]
    public void A_verdict_that_stood_before_the_patch_is_not_about_it(string time, int observed, bool isFailed)
    {
        var before = TimedOut("2026-03-01T11:50:00Z") with { ObservedGeneration = observed };

        var status = RolloutStatus.Of(
            WorkloadKind.Deployment, Deployment(TimedOut(time)), applied: Deployment(before));

        Assert.Equal(isFailed, status.IsFailed);

        static WorkloadStatus TimedOut(string time) => Done with
        {
            Replicas = 4,
            Conditions =
            [
                new() { Type = "Progressing", Reason = "ProgressDeadlineExceeded", LastUpdateTime = time },
            ],
        };

        static Workload Deployment(WorkloadStatus status) => new()
        {
            Metadata = new WorkloadMetadata { Generation = 2 },
            Spec = new WorkloadSpec { Replicas = 3 },
            Status = status,
        };
    }

    [Fact]
    public void A_deployment_scaled_to_nothing_is_settled() =>
        Assert.True(Of(WorkloadKind.Deployment, new() { ObservedGeneration = 2 }, replicas: 0).IsSettled);

    [Fact]
    public void A_stateful_set_waits_for_ready_replicas() =>
        Assert.True(Of(WorkloadKind.StatefulSet, Done with { ReadyReplicas = 2 }).IsProgressing);

    [Fact]
    public void A_stateful_set_waits_for_its_revision() =>
        Assert.True(Of(WorkloadKind.StatefulSet, Done with { CurrentRevision = "r1" }).IsProgressing);

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void A_partitioned_stateful_set_updates_what_lies_above_the_partition(int updated, bool settled)
    {
        var status = Done with { CurrentRevision = "r1", UpdatedReplicas = updated };

        Assert.Equal(settled, Of(WorkloadKind.StatefulSet, status, partition: 2).IsSettled);
    }

    [Fact]
    public void A_daemon_set_waits_for_every_node() =>
        Assert.True(Of(WorkloadKind.DaemonSet, Done with { UpdatedNumberScheduled = 2 }).IsProgressing);

    [Fact]
    public void A_daemon_set_waits_for_available_pods() =>
        Assert.True(Of(WorkloadKind.DaemonSet, Done with { NumberAvailable = 2 }).IsProgressing);
}
