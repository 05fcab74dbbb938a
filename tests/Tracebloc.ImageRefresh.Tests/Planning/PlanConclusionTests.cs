using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>The second patch of the protocol: what the end of a watched rollout means.</summary>
public sealed class PlanConclusionTests
{
    private static readonly Workload Before = Workload((Settled("ingestor"), A.ToString())).WithEnv(A.ToString());

    private static WorkloadPlan Conclude(
        RolloutStatus end, int earlierAttempts = 0, Func<Workload, Workload>? meanwhile = null)
    {
        var start = earlierAttempts == 0 ? Before : Workload(
            (Settled("ingestor"), A.ToString()),
            (Applied("ingestor"), B.ToString()),
            (Attempts("ingestor"), $"{earlierAttempts}"),
            (FailedAttempts("ingestor"), $"{earlierAttempts}")).WithEnv(B.ToString());
        var plan = PlanOf.One(EnvSet(), start, B);
        Assert.True(plan.Rolls || earlierAttempts > 0);
        var applied = ModelCluster.Apply(start, plan.Edit);
        return Planner.Conclude(
            Seen(meanwhile?.Invoke(applied) ?? applied, end, EnvSet()), plan.Images, Policy, Now);
    }

    [Fact]
    public void A_complete_rollout_is_recorded_and_its_attempts_end()
    {
        var conclusion = Conclude(RolloutStatus.Settled);

        Assert.Equal(Outcome.Refreshed, conclusion.Outcome());
        Assert.Equal(B.ToString(), conclusion.Annotation(Settled("ingestor")));
        Assert.Null(conclusion.Annotation(Attempts("ingestor")));
        Assert.False(conclusion.Rolls);
    }

    [Fact]
    public void A_failed_rollout_is_counted_and_never_recorded_as_done()
    {
        var conclusion = Conclude(RolloutStatus.Failed("ImagePullBackOff"));

        Assert.Equal(Outcome.RolloutFailed, conclusion.Outcome());
        Assert.Equal("1", conclusion.Annotation(FailedAttempts("ingestor")));
        Assert.Equal("ImagePullBackOff", conclusion.Annotation(Error("ingestor")));
        Assert.DoesNotContain(Settled("ingestor"), conclusion.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_value_overwritten_during_the_rollout_is_not_recorded()
    {
        var conclusion = Conclude(RolloutStatus.Settled, meanwhile: workload => workload.WithEnv(A.ToString()));

        Assert.Equal(Outcome.RolloutFailed, conclusion.Outcome());
        Assert.DoesNotContain(Settled("ingestor"), conclusion.Edit.Annotations.Keys);
    }

    [Fact]
    public void What_the_first_patch_has_told_of_another_image_is_not_told_again()
    {
        var start = Workload(
            (Settled("ingestor"), A.ToString()), (Applied("ingestor"), B.ToString()),
            (Attempts("ingestor"), "1"), (FailedAttempts("ingestor"), "1"), (Settled("web"), A.ToString()))
            .WithEnv(A.ToString());
        var plan = Planner.Plan(
            Seen(start, RolloutStatus.Settled, EnvSet(), ImageSet()),
            [new(EnvSet(), Ok(A)), new(ImageSet(), Ok(B))], Policy, Now);
        Assert.Equal([Outcome.Settled, Outcome.Refreshed], plan.Images.Select(image => image.Outcome));

        var conclusion = Planner.Conclude(
            Seen(ModelCluster.Apply(start, plan.Edit), RolloutStatus.Settled, EnvSet(), ImageSet()),
            plan.Images,
            Policy,
            Now);

        Assert.Empty(ImageChange.Of(conclusion.Images[0], start, Now).Notifications);
    }

    [Fact]
    public void A_rollout_that_another_one_replaced_is_waited_for()
    {
        var conclusion = Conclude(RolloutStatus.Progressing("0 of 1"));

        Assert.Equal(Outcome.Waiting, conclusion.Outcome());
    }
}
