using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class PodTroubleTests
{
    private static readonly Workload Restarting = Workload().WithEnv(B.ToString()).WithRestartMark(Now);

    private static Pod PodOf(Workload workload, string? reason) => new()
    {
        Metadata = workload.Spec.Template.Metadata ?? new TemplateMetadata(),
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
        Assert.Equal($"{reason} in container api: back-off", PodTrouble.Find(Restarting, [PodOf(Restarting, reason)]));

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    [InlineData("ErrImagePull")]
    public void A_new_pod_that_still_starts_does_not(string reason) =>
        Assert.Null(PodTrouble.Find(Restarting, [PodOf(Restarting, reason)]));

    [Fact]
    public void A_pod_of_an_earlier_restart_does_not_count() =>
        Assert.Null(PodTrouble.Find(
            Restarting, [PodOf(Restarting.WithRestartMark(Now.AddDays(-1)), "CrashLoopBackOff")]));

    [Fact]
    public void A_pod_with_an_earlier_value_does_not_count() =>
        Assert.Null(PodTrouble.Find(Restarting, [PodOf(Restarting.WithEnv(A.ToString()), "CrashLoopBackOff")]));
}
