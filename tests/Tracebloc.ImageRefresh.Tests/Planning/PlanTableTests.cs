using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>The table of <see cref="Planner"/>, row by row.</summary>
public sealed class PlanTableTests
{
    private static (string, string) R(Digest digest, string name = "ingestor") => (Settled(name), digest.ToString());

    private static (string, string) SetBefore(Digest digest, string name = "ingestor") =>
        (Applied(name), digest.ToString());

    private static (string, string) SetTo(string place) => (AppliedTo("ingestor"), place);

    [Fact]
    public void A_pinned_image_is_left_alone()
    {
        var plan = PlanOf.Workload(Workload(R(A)), null, (EnvSet() with { Pinned = true }, null));

        Assert.Equal(Outcome.Pinned, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void An_image_given_by_digest_alone_is_left_alone()
    {
        var image = EnvSet() with { Image = ImageReference.Parse($"ghcr.io/tracebloc/ingestor@{A}") };

        var plan = PlanOf.Workload(Workload(R(B)), null, (image, null));

        Assert.Equal(Outcome.Pinned, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "2")]
    [InlineData(7, "8")]
    public void A_registry_that_cannot_be_asked_is_counted_with_its_error(int earlier, string counted)
    {
        var workload = Workload(R(A), (Failures("ingestor"), $"{earlier}"));

        var plan = PlanOf.Workload(workload, null, (EnvSet(), Away()));

        Assert.Equal(Outcome.Unresolved, plan.Outcome());
        Assert.Equal(counted, plan.Annotation(Failures("ingestor")));
        Assert.Equal("ghcr.io is away", plan.Annotation(Error("ingestor")));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void The_next_success_clears_the_count_and_the_error()
    {
        var workload = Workload(
            R(A), (Failures("ingestor"), "2"), (Error("ingestor"), "away"),
            (NotBefore("ingestor"), "2026-03-01T11:00:00.000Z ghcr.io"));

        var plan = PlanOf.One(EnvSet(), workload.WithEnv(A.ToString()), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.Null(plan.Annotation(Failures("ingestor")));
        Assert.Null(plan.Annotation(Error("ingestor")));
        Assert.Null(plan.Annotation(NotBefore("ingestor")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void At_first_sight_without_a_live_value_the_registrys_digest_is_recorded_and_nothing_restarts(string? live)
    {
        var plan = PlanOf.One(EnvSet(), Workload().WithEnv(live), A);

        Assert.Equal(Outcome.Recorded, plan.Outcome());
        Assert.Equal(A.ToString(), plan.Annotation(Settled("ingestor")));
        Assert.Single(plan.Edit.Annotations);
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void What_a_variable_holds_is_never_told_since_a_wrong_name_may_point_at_a_secret()
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A), SetBefore(A)).WithEnv("hunter2"), A);

        Assert.Equal(Outcome.Repaired, plan.Outcome());
        Assert.StartsWith("changed to a value that is no digest by", Assert.Single(plan.Images).Message);
    }

    [Fact]
    public void At_first_sight_a_restarted_workload_is_recorded_and_not_restarted()
    {
        var plan = PlanOf.One(Restarted(), Workload(), A);

        Assert.Equal(Outcome.Recorded, plan.Outcome());
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void At_first_sight_a_live_digest_is_adopted_even_where_the_registry_has_a_newer_one()
    {
        var plan = PlanOf.One(EnvSet(), Workload().WithEnv(A.ToString()), B);

        Assert.Equal(Outcome.Adopted, plan.Outcome());
        Assert.Equal(A.ToString(), plan.Annotation(Settled("ingestor")));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_rollout_under_way_is_not_adopted()
    {
        var plan = PlanOf.One(EnvSet(), Workload().WithEnv(A.ToString()), A, RolloutStatus.Progressing("0 of 1"));

        Assert.Equal(Outcome.Waiting, plan.Outcome());
        Assert.DoesNotContain(Settled("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_failed_rollout_is_not_adopted_and_not_green()
    {
        var plan = PlanOf.One(EnvSet(), Workload().WithEnv(A.ToString()), A, RolloutStatus.Failed("deadline exceeded"));

        Assert.Equal(Outcome.RolloutFailed, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_wait_that_has_lasted_too_long_stays_a_failure_until_it_ends()
    {
        var workload = Workload((SkipStreak, "3")).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet(), workload, A, RolloutStatus.Progressing("0 of 1"));

        Assert.Equal(Outcome.RolloutFailed, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_newer_digest_is_rolled_out_as_a_variable()
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A)).WithEnv(A.ToString()), B);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        var change = Assert.Single(plan.Edit.Containers);
        Assert.Equal(new("INGESTOR_IMAGE_DIGEST", B.ToString()), change.Variable);
        Assert.Null(plan.Edit.RestartedAt);
        Assert.Equal(B.ToString(), plan.Annotation(Applied("ingestor")));
        Assert.Equal("1", plan.Annotation(Attempts("ingestor")));
    }

    [Fact]
    public void A_newer_digest_is_rolled_out_as_an_image()
    {
        var plan = PlanOf.One(ImageSet(), Workload(R(A, "web")), B);

        Assert.Equal($"registry.example.com/web@{B}", Assert.Single(plan.Edit.Containers).Image);
    }

    [Fact]
    public void A_newer_digest_restarts_as_kubectl_does()
    {
        var plan = PlanOf.One(Restarted(), Workload(R(A, "jobs-manager")), B);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Empty(plan.Edit.Containers);
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
    }

    [Fact]
    public void The_record_says_what_settled_and_not_what_was_applied()
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A)).WithEnv(A.ToString()), B);

        Assert.DoesNotContain(Settled("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_reverted_value_is_set_again()
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A), SetBefore(A)).WithEnv(B.ToString()), A);

        Assert.Equal(Outcome.Repaired, plan.Outcome());
        Assert.Equal(A.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_value_that_this_worker_had_set_is_set_again_when_it_was_wiped(string? live)
    {
        var workload = Workload(R(A), SetBefore(A), SetTo("api/INGESTOR_IMAGE_DIGEST")).WithEnv(live);

        var plan = PlanOf.One(EnvSet(), workload, A);

        Assert.Equal(Outcome.Repaired, plan.Outcome());
        Assert.Equal(A.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
    }

    [Theory]
    [InlineData("api/ANOTHER")]
    [InlineData("web")]
    public void A_value_that_it_had_set_elsewhere_before_the_configuration_changed_is_left_absent(string elsewhere)
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A), SetBefore(A), SetTo(elsewhere)), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_value_that_this_worker_never_set_is_left_absent(string? live)
    {
        var plan = PlanOf.One(EnvSet(), Workload(R(A)).WithEnv(live), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void Nothing_is_written_where_all_agree()
    {
        var plan = PlanOf.Workload(
            Workload(R(A), R(B, "jobs-manager"), R(C, "web"))
                .WithEnv(A.ToString())
                .Change("web", web => web with { Image = $"registry.example.com/web@{C}" }),
            null,
            (EnvSet(), Ok(A)),
            (Restarted(), Ok(B)),
            (ImageSet(), Ok(C)));

        Assert.All(plan.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void One_unresolved_image_does_not_stop_another()
    {
        var plan = PlanOf.Workload(
            Workload(R(A), R(A, "jobs-manager")).WithEnv(A.ToString()), null, (EnvSet(), Away()), (Restarted(), Ok(B)));

        Assert.Equal([Outcome.Unresolved, Outcome.Refreshed], plan.Images.Select(image => image.Outcome));
    }
}
