using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>
/// Pods that pull by tag get well with the tag's next image as well: then A ran for certain, B perhaps never.
/// </summary>
public sealed class PlanProofTests
{
    private static readonly DateTimeOffset Then = Now.AddMinutes(-15);
    private static readonly RolloutStatus Broken = RolloutStatus.Failed("unhealthy");

    private static Workload Manager(Digest settled, Digest applied, int attempts, params (string, string)[] more) =>
        Workload(
        [
            (Settled("jobs-manager"), $"{settled}"), (Applied("jobs-manager"), $"{applied}"),
            (AppliedAt("jobs-manager"), Time(Then)), (Attempts("jobs-manager"), $"{attempts}"), .. more,
        ]).WithRestartMark(Then);

    private static (string, string)[] GivenUp { get; } =
        [(FailedAttempts("jobs-manager"), "3"), (GaveUp("jobs-manager"), $"{B}"), (Error("jobs-manager"), "crashed")];

    [Theory]
    [InlineData(OnFailure.Keep)]
    [InlineData(OnFailure.Rollback)]
    public void A_digest_that_was_given_up_and_came_good_under_another_is_no_refuge(OnFailure onFailure)
    {
        var image = onFailure == OnFailure.Rollback ? Restarted().RollingBack() : Restarted();

        var plan = PlanOf.One(image, Manager(A, B, 3, GivenUp), C);

        var after = Assert.Single(plan.Images).After;
        Assert.Equal((B, A, C), (after.Settled, after.LastKnownGood, plan.Images[0].Target));
        Assert.Equal($"{A}", plan.Annotation(Good("jobs-manager")));
    }

    [Fact]
    public void One_whose_only_attempt_nobody_saw_the_end_of_is_none_either() =>
        Assert.Equal(A, Assert.Single(PlanOf.One(Restarted().RollingBack(), Manager(A, B, 1), C).Images).After.Good);

    [Fact]
    public void The_next_failure_goes_back_past_it_and_forgets_it()
    {
        var plan = PlanOf.One(
            Restarted().RollingBack(), Manager(B, C, 1, (Good("jobs-manager"), $"{A}")), C, Broken);

        Assert.Equal(Outcome.RolledBack, plan.Outcome());
        Assert.Equal($"docker.io/tracebloc/jobs-manager@{A}", Assert.Single(plan.Edit.Containers).Image);
        Assert.Equal($"{A}", plan.Annotation(Settled("jobs-manager")));
        Assert.Null(plan.Annotation(Good("jobs-manager")));
        Assert.Contains($"back to {A.Short()}", plan.Images[0].Message);
    }

    [Fact]
    public void Still_served_when_the_pods_are_found_well_it_has_run()
    {
        var plan = PlanOf.One(Restarted().RollingBack(), Manager(A, B, 3, GivenUp), B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Equal((B, null), (plan.Images[0].After.Settled, plan.Images[0].After.Good));
    }

    [Fact]
    public void A_rollout_that_completes_under_the_eyes_of_its_tick_is_proven_by_the_next()
    {
        var started = PlanOf.One(Restarted().RollingBack(), Manager(A, A, 0), B);
        var patched = ModelCluster.Apply(Manager(A, A, 0), started.Edit);

        var ended = Planner.Conclude(
            Seen(patched, RolloutStatus.Settled, started.Images.Select(image => image.Image)),
            started.Images,
            Policy,
            Now);

        Assert.Equal((B, A), (ended.Images[0].After.Settled, ended.Images[0].After.Good));
        var settled = ModelCluster.Apply(patched, ended.Edit);
        var unwell = PlanOf.One(Restarted().RollingBack(), settled, B, Broken);
        Assert.Equal(A, unwell.Images[0].After.Good);
        var next = PlanOf.One(Restarted().RollingBack(), settled, B);
        Assert.Equal([Good("jobs-manager")], next.Edit.Annotations.Keys);
        Assert.Null(next.Annotation(Good("jobs-manager")));
        Assert.True(PlanOf.One(Restarted().RollingBack(), ModelCluster.Apply(settled, next.Edit), B).Edit.IsEmpty);
    }

    [Fact]
    public void Where_nothing_goes_back_a_rollout_that_completes_is_taken_for_proven()
    {
        var started = PlanOf.One(Restarted(), Manager(A, A, 0), B);
        var patched = ModelCluster.Apply(Manager(A, A, 0), started.Edit);

        var ended = Planner.Conclude(
            Seen(patched, RolloutStatus.Settled, started.Images.Select(image => image.Image)),
            started.Images,
            Policy,
            Now);

        Assert.DoesNotContain(Good("jobs-manager"), ended.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_failed_digest_that_is_itself_the_refuge_stays_and_is_tried_again()
    {
        var workload = Manager(B, A, 1, (Good("jobs-manager"), $"{A}"));

        Assert.Equal(Outcome.Retried, PlanOf.One(Restarted().RollingBack(), workload, A, Broken).Outcome());
    }

    [Fact]
    public void What_stands_in_the_pod_template_as_a_digest_has_run_whatever_the_tag_says_by_now()
    {
        var workload = Workload(
            (Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{B}"), (Attempts("ingestor"), "2"),
            (FailedAttempts("ingestor"), "2")).WithEnv($"{B}");

        var after = Assert.Single(PlanOf.One(EnvSet().RollingBack(), workload, C).Images).After;

        Assert.Equal((B, B), (after.Settled, after.LastKnownGood));
    }
}
