using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class PodTroubleTests
{
    private const string Hash = "5c630a7db5";

    private static readonly Workload Restarting = Uid(Workload().WithEnv(B.ToString()).WithRestartMark(Now), "its");

    private static readonly V1OwnerReference ReplicaSet = new()
    {
        ApiVersion = "apps/v1",
        Kind = "ReplicaSet",
        Name = $"acme-{Hash}",
        Uid = "another",
        Controller = true,
    };

    private static readonly V1OwnerReference Itself =
        ReplicaSet with { Kind = "StatefulSet", Name = "acme", Uid = "its" };

    private static Pod PodOf(Workload workload, string? reason) => new()
    {
        Metadata = new()
        {
            Annotations = workload.Spec.Template.Metadata?.Annotations,
            Labels = new Dictionary<string, string> { ["pod-template-hash"] = Hash },
            OwnerReferences = [ReplicaSet],
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
    public void A_new_pod_that_cannot_start_ends_the_rollout(string reason) =>
        Assert.Equal($"{reason} in container api: back-off", Find(PodOf(Restarting, reason)));

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    [InlineData("ErrImagePull")]
    public void A_new_pod_that_still_starts_does_not(string reason) =>
        Assert.Null(Find(PodOf(Restarting, reason)));

    [Fact]
    public void A_pod_of_an_earlier_restart_does_not_count() =>
        Assert.Null(Find(PodOf(Restarting.WithRestartMark(Now.AddDays(-1)), "CrashLoopBackOff")));

    [Fact]
    public void A_pod_with_an_earlier_value_does_not_count() =>
        Assert.Null(Find(PodOf(Restarting.WithEnv(A.ToString()), "CrashLoopBackOff")));

    public static TheoryData<string, WorkloadKind, V1OwnerReference[]> Strangers => new()
    {
        { "nobody's", WorkloadKind.Deployment, [] },
        { "nobody's", WorkloadKind.StatefulSet, [] },
        { "not controlled", WorkloadKind.Deployment, [ReplicaSet with { Controller = null }] },
        { "not controlled", WorkloadKind.DaemonSet, [Itself with { Controller = false }] },
        { "controlled by another", WorkloadKind.Deployment, [ReplicaSet with { Controller = false }, Itself] },
        { "another Deployment's", WorkloadKind.Deployment, [ReplicaSet with { Name = $"acme-web-{Hash}" }] },
        { "another template's", WorkloadKind.Deployment, [ReplicaSet with { Name = "acme-0000000000" }] },
        { "a Job's", WorkloadKind.Deployment, [ReplicaSet with { Kind = "Job" }] },
        { "a custom resource's", WorkloadKind.Deployment, [ReplicaSet with { ApiVersion = "example.com/v1" }] },
        { "an earlier one's", WorkloadKind.StatefulSet, [Itself with { Uid = "earlier" }] },
        { "without a uid", WorkloadKind.DaemonSet, [Itself with { Uid = null }] },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void A_pod_of_nobody_or_of_another_owner_does_not_count(
        string which, WorkloadKind kind, V1OwnerReference[] owners)
    {
        var trouble = Find(OwnedBy(owners), kind);

        Assert.True(trouble is null, $"{which} counts: {trouble}");
    }

    [Theory]
    [InlineData(WorkloadKind.StatefulSet)]
    [InlineData(WorkloadKind.DaemonSet)]
    public void A_pod_that_the_workload_controls_itself_counts(WorkloadKind kind) =>
        Assert.NotNull(Find(OwnedBy(Itself), kind));

    [Fact]
    public void A_pod_without_a_template_hash_is_no_pod_of_a_Deployment()
    {
        var pod = OwnedBy(ReplicaSet with { Name = "acme-" });

        Assert.Null(Find(pod with { Metadata = pod.Metadata with { Labels = null } }));
    }

    private static Pod OwnedBy(params V1OwnerReference[] owners)
    {
        var pod = PodOf(Restarting, "CrashLoopBackOff");
        return pod with { Metadata = pod.Metadata with { OwnerReferences = owners } };
    }

    private static string? Find(Pod pod, WorkloadKind kind = WorkloadKind.Deployment) =>
        PodTrouble.Find(new(kind, "acme"), Restarting, [pod]);

    private static Workload Uid(Workload workload, string uid) =>
        workload with { Metadata = workload.Metadata with { Uid = uid } };
}
