using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class PodTroubleTests
{
    private static readonly Workload Restarting = Uid(Workload().WithEnv(B.ToString()).WithRestartMark(Now), "its");

    private static readonly OwnerReference Deployment = new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Uid = "its",
        Controller = true,
    };

    private static readonly OwnerReference Between = Deployment with { Kind = "ReplicaSet", Uid = "between" };

    private static readonly OwnerReference Itself = Deployment with { Kind = "StatefulSet" };

    private static Pod PodOf(Workload workload, string? reason) => new()
    {
        Metadata = new()
        {
            Annotations = workload.Spec.Template.Metadata?.Annotations,
            OwnerReferences = [Between],
        },
        Spec = workload.Spec.Template.Spec,
        Status = new PodStatus
        {
            ContainerStatuses =
            [
                new()
                {
                    Name = "api",
                    State = new ContainerState
                    {
                        Waiting = new WaitingState { Reason = reason, Message = "back-off" },
                    },
                },
            ],
        },
    };

    [Theory]
    [InlineData("ImagePullBackOff")]
    [InlineData("CrashLoopBackOff")]
    [InlineData("InvalidImageName")]
    public async Task A_new_pod_that_cannot_start_ends_the_rollout(string reason) =>
        Assert.Equal($"{reason} in container api: back-off", await FindAsync(PodOf(Restarting, reason)));

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    [InlineData("ErrImagePull")]
    public async Task A_new_pod_that_still_starts_does_not(string reason) =>
        Assert.Null(await FindAsync(PodOf(Restarting, reason), NotAsked));

    [Fact]
    public async Task A_pod_of_an_earlier_restart_does_not_count() => Assert.Null(
        await FindAsync(PodOf(Restarting.WithRestartMark(Now.AddDays(-1)), "CrashLoopBackOff"), NotAsked));

    [Fact]
    public async Task A_pod_with_an_earlier_value_does_not_count() =>
        Assert.Null(await FindAsync(PodOf(Restarting.WithEnv(A.ToString()), "CrashLoopBackOff"), NotAsked));

    public static TheoryData<string, WorkloadKind, OwnerReference[]> Strangers => new()
    {
        { "nobody's", WorkloadKind.Deployment, [] },
        { "nobody's", WorkloadKind.StatefulSet, [] },
        { "not controlled", WorkloadKind.Deployment, [Between with { Controller = false }] },
        { "not controlled", WorkloadKind.DaemonSet, [Itself with { Kind = "DaemonSet", Controller = false }] },
        { "controlled by another", WorkloadKind.Deployment, [Between with { Controller = false }, Itself] },
        { "of a made-up uid", WorkloadKind.Deployment, [Between with { Uid = "made-up" }] },
        { "without a uid", WorkloadKind.Deployment, [Between with { Uid = null }] },
        { "the Deployment's own", WorkloadKind.Deployment, [Between with { Uid = "its" }] },
        { "a Job's", WorkloadKind.Deployment, [Between with { Kind = "Job" }] },
        { "a custom resource's", WorkloadKind.Deployment, [Between with { ApiVersion = "example.com/v1" }] },
        { "an earlier one's", WorkloadKind.StatefulSet, [Itself with { Uid = "earlier" }] },
        { "without a uid", WorkloadKind.DaemonSet, [Itself with { Kind = "DaemonSet", Uid = null }] },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_pod_of_nobody_or_of_another_owner_does_not_count(
        string which, WorkloadKind kind, OwnerReference[] owners)
    {
        var trouble = await FindAsync(OwnedBy(owners), [ReplicaSet(Deployment)], kind);

        Assert.True(trouble is null, $"{which} counts: {trouble}");
    }

    public static TheoryData<string, OwnerReference[]> OtherReplicaSets => new()
    {
        { "nobody's", [] },
        { "not controlled", [Deployment with { Controller = false }] },
        { "another Deployment's", [Deployment with { Uid = "another" }] },
        { "one of the same name", [Deployment with { Uid = "earlier" }] },
        { "without a uid", [Deployment with { Uid = null }] },
        { "controlled by another", [Deployment with { Controller = false }, Deployment with { Uid = "another" }] },
    };

    [Theory]
    [MemberData(nameof(OtherReplicaSets))]
    public async Task A_pod_of_a_ReplicaSet_that_is_not_the_Deployments_does_not_count(
        string which, OwnerReference[] owners)
    {
        var trouble = await FindAsync(OwnedBy(Between), [ReplicaSet(owners)]);

        Assert.True(trouble is null, $"{which} counts: {trouble}");
    }

    [Fact]
    public async Task A_pod_whose_ReplicaSet_does_not_exist_does_not_count() =>
        Assert.Null(await FindAsync(OwnedBy(Between), []));

    [Fact]
    public async Task A_ReplicaSet_without_a_uid_leads_to_no_pod()
    {
        var nameless = ReplicaSet(Deployment) with { Metadata = new() { OwnerReferences = [Deployment] } };

        Assert.Null(await FindAsync(OwnedBy(Between with { Uid = null }), [nameless]));
    }

    [Theory]
    [InlineData(WorkloadKind.StatefulSet)]
    [InlineData(WorkloadKind.DaemonSet)]
    public async Task A_pod_that_the_workload_controls_itself_counts_without_a_ReplicaSet(WorkloadKind kind) =>
        Assert.NotNull(await FindAsync(OwnedBy(Itself with { Kind = $"{kind}" }), NotAsked, kind));

    private static Pod OwnedBy(params OwnerReference[] owners)
    {
        var pod = PodOf(Restarting, "CrashLoopBackOff");
        return pod with { Metadata = pod.Metadata with { OwnerReferences = owners } };
    }

    private static ReplicaSet ReplicaSet(params OwnerReference[] owners) =>
        new() { Metadata = new() { Uid = Between.Uid, OwnerReferences = owners } };

    private static Task<IReadOnlyList<ReplicaSet>> NotAsked(CancellationToken token) =>
        throw new InvalidOperationException("ReplicaSets are asked for");

    private static Task<string?> FindAsync(Pod pod) => FindAsync(pod, [ReplicaSet(Deployment)]);

    private static Task<string?> FindAsync(
        Pod pod, IReadOnlyList<ReplicaSet> replicaSets, WorkloadKind kind = WorkloadKind.Deployment) =>
        FindAsync(pod, _ => Task.FromResult(replicaSets), kind);

    private static Task<string?> FindAsync(
        Pod pod, Func<CancellationToken, Task<IReadOnlyList<ReplicaSet>>> replicaSets,
        WorkloadKind kind = WorkloadKind.Deployment) =>
        PodTrouble.FindAsync(new(kind, "acme"), Restarting, [pod], replicaSets, TestContext.Current.CancellationToken);

    private static Workload Uid(Workload workload, string uid) =>
        workload with { Metadata = workload.Metadata with { Uid = uid } };
}
