using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Rollouts that an earlier call or an earlier tick started.</summary>
public sealed class PlanRolloutTests
{
    private static readonly RolloutStatus Moving = RolloutStatus.Progressing("0 of 1 updated replicas are available");
    private static readonly RolloutStatus Broken = RolloutStatus.Failed("ProgressDeadlineExceeded");

    /// <summary>The ingestor went from A to B in so many attempts, of which so many failed.</summary>
    private static Workload Rolling(int attempts, int failed = 0, params (string Key, string Value)[] more) => Workload(
    [
        (Settled("ingestor"), A.ToString()),
        (Applied("ingestor"), B.ToString()),
        (AppliedAt("ingestor"), Time(Now.AddMinutes(-15))),
        (Attempts("ingestor"), $"{attempts}"),
        (FailedAttempts("ingestor"), $"{failed}"),
        .. more,
    ]).WithEnv(B.ToString());

    [Fact]
    public void A_complete_one_becomes_the_record_without_another_rollout()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1), B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Equal(B.ToString(), plan.Annotation(Settled("ingestor")));
        Assert.Null(plan.Annotation(Attempts("ingestor")));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_complete_one_is_recorded_in_the_patch_that_rolls_out_the_next_digest()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1), C);

        Assert.Equal(B.ToString(), plan.Annotation(Settled("ingestor")));
        Assert.Equal(C.ToString(), plan.Annotation(Applied("ingestor")));
        Assert.True(plan.Rolls);
    }

    [Fact]
    public void A_progressing_one_is_waited_for_and_the_wait_is_counted()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1), B, Moving);

        Assert.Equal(Outcome.Waiting, plan.Outcome());
        Assert.Equal("1", plan.Annotation(SkipStreak));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_newer_digest_waits_for_a_progressing_one()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1), C, Moving);

        Assert.Equal(Outcome.Waiting, plan.Outcome());
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_newer_digest_waits_for_a_rollout_of_somebody_else()
    {
        var workload = Workload((Settled("ingestor"), A.ToString())).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet(), workload, B, Moving);

        Assert.Equal(Outcome.Waiting, plan.Outcome());
        Assert.Equal("1", plan.Annotation(SkipStreak));
    }

    [Fact]
    public void One_that_never_ends_counts_as_failed_past_the_threshold()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1, 0, (SkipStreak, "3")), B, Moving);

        Assert.Equal(Outcome.Retried, plan.Outcome());
        Assert.Equal("2", plan.Annotation(Attempts("ingestor")));
        Assert.Null(plan.Annotation(SkipStreak));
    }

    [Fact]
    public void One_that_may_still_take_its_time_is_waited_for_however_many_ticks_there_were()
    {
        var started = (AppliedAt("ingestor"), Time(Now.AddMinutes(-9)));
        var workload = Rolling(1, 0, (SkipStreak, "8"));
        var annotations = workload.Metadata.Annotations!.ToDictionary();
        annotations[started.Item1] = started.Item2;
        workload = workload with { Metadata = workload.Metadata with { Annotations = annotations } };

        Assert.Equal(Outcome.Waiting, PlanOf.One(EnvSet(), workload, B, Moving).Outcome());
    }

    [Fact]
    public void Somebody_elses_change_after_a_failed_attempt_is_waited_for()
    {
        var workload = Rolling(1, 1).WithManager("helm", Now);

        Assert.Equal(Outcome.Waiting, PlanOf.One(EnvSet(), workload, B, Moving).Outcome());
    }

    [Fact]
    public void A_settled_workload_that_lost_its_pods_takes_the_digest_that_may_cure_it()
    {
        var workload = Workload((Settled("ingestor"), A.ToString())).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet(), workload, B, Moving with { HadSettled = true });

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
    }

    [Fact]
    public void A_registrys_bad_moment_does_not_hide_why_a_rollout_failed()
    {
        var workload = Rolling(3, 3, (GaveUp("ingestor"), B.ToString()), (Error("ingestor"), "CrashLoopBackOff"));

        var plan = PlanOf.Workload(workload, Broken, (EnvSet(), Away()));

        Assert.DoesNotContain(Error("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void A_rollout_that_is_put_off_is_counted_and_in_the_end_a_failure(int earlier, bool overdue)
    {
        var workload = Workload((Settled("ingestor"), A.ToString()), (SkipStreak, $"{earlier}")).WithEnv(A.ToString());

        var plan = Planner.Plan(
            Seen(workload, RolloutStatus.Settled, EnvSet()), [new(EnvSet(), Ok(B))], Policy, Now, mayRoll: false);

        Assert.Equal((Outcome.Deferred, overdue), (plan.Outcome(), plan.Images[0].IsOverdue));
        Assert.Equal($"{earlier + 1}", plan.Annotation(SkipStreak));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void The_count_of_waits_ends_with_the_wait()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1, 0, (SkipStreak, "2")), B);

        Assert.Null(plan.Annotation(SkipStreak));
    }

    [Fact]
    public void A_failed_one_is_tried_again_with_a_mark_that_makes_it_a_rollout()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1), B, Broken);

        Assert.Equal(Outcome.Retried, plan.Outcome());
        Assert.Equal("2", plan.Annotation(Attempts("ingestor")));
        Assert.Equal("1", plan.Annotation(FailedAttempts("ingestor")));
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
    }

    [Fact]
    public void One_that_an_earlier_tick_called_failed_is_tried_again_although_its_controller_still_hopes()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(1, 1), B, Moving);

        Assert.Equal(Outcome.Retried, plan.Outcome());
    }

    [Fact]
    public void Another_digest_does_not_wait_for_a_rollout_that_was_given_up()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(3, 3, (GaveUp("ingestor"), B.ToString())), C, Moving);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
    }

    [Fact]
    public void A_rollout_of_another_image_that_is_in_flight_is_waited_for_although_this_one_failed()
    {
        var workload = Rolling(3, 3, [
            (GaveUp("ingestor"), B.ToString()),
            (Settled("web"), A.ToString()),
            (Applied("web"), B.ToString()),
            (Attempts("web"), "1"),
        ]).Change("web", web => web with { Image = $"registry.example.com/web@{B}" });

        var plan = PlanOf.Workload(workload, Moving, (EnvSet(), Ok(C)), (ImageSet(), Ok(B)));

        Assert.All(plan.Images, image => Assert.Equal(Outcome.Waiting, image.Outcome));
    }

    [Fact]
    public void The_last_failed_one_gives_the_digest_up()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(3, 2), B, Broken);

        Assert.Equal(Outcome.GaveUp, plan.Outcome());
        Assert.Equal(B.ToString(), plan.Annotation(GaveUp("ingestor")));
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_digest_given_up_is_left_alone_without_a_write()
    {
        var workload = Rolling(3, 3, (GaveUp("ingestor"), B.ToString()), (Error("ingestor"), "crashed"));

        var plan = PlanOf.One(EnvSet(), workload, B, Broken);

        Assert.Equal(Outcome.GaveUp, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void Another_digest_rearms_one_given_up()
    {
        var workload = Rolling(3, 3, (GaveUp("ingestor"), B.ToString()));

        var plan = PlanOf.One(EnvSet(), workload, C, Broken);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Null(plan.Annotation(GaveUp("ingestor")));
        Assert.Equal("1", plan.Annotation(Attempts("ingestor")));
        Assert.Null(plan.Annotation(FailedAttempts("ingestor")));
    }

    [Fact]
    public void One_given_up_has_new_attempts_once_another_was_served_even_if_that_had_to_wait()
    {
        var lost = Rolling(3, 3, (GaveUp("ingestor"), B.ToString()));
        var seen = Seen(lost, Broken, EnvSet());
        var elsewhere = Planner.Plan(seen, [new(EnvSet(), Ok(C))], Policy, Now, mayRoll: false);
        Assert.False(elsewhere.Rolls);

        var plan = PlanOf.One(EnvSet(), ModelCluster.Apply(lost, elsewhere.Edit), B, Broken);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Equal("1", plan.Annotation(Attempts("ingestor")));
        Assert.Null(plan.Annotation(FailedAttempts("ingestor")));
        // The digest is in place: without the mark there would be no rollout, and the old one's failure.
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
    }

    [Fact]
    public void A_digest_given_up_that_comes_good_by_itself_is_recorded()
    {
        var workload = Rolling(3, 3, (GaveUp("ingestor"), B.ToString()));

        var plan = PlanOf.One(EnvSet(), workload, B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Equal(B.ToString(), plan.Annotation(Settled("ingestor")));
        Assert.Null(plan.Annotation(GaveUp("ingestor")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_registry_that_went_back_takes_the_failed_digest_out_and_blames_nobody(int failed)
    {
        var plan = PlanOf.One(EnvSet(), Rolling(failed, failed), A, Broken);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Equal("back to sha256:aaaaaaaaaaaa", Assert.Single(plan.Images).Message);
        Assert.Equal(A.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
    }

    [Fact]
    public void A_registry_that_went_back_restarts_what_the_failed_digest_left_behind()
    {
        var workload = Workload(
            (Settled("jobs-manager"), A.ToString()),
            (Applied("jobs-manager"), B.ToString()),
            (AppliedAt("jobs-manager"), Time(Now.AddMinutes(-15))),
            (Attempts("jobs-manager"), "3"),
            (FailedAttempts("jobs-manager"), "3"),
            (GaveUp("jobs-manager"), B.ToString())).WithRestartMark(Now.AddMinutes(-15));

        var plan = PlanOf.One(Restarted(), workload, A, Broken);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
        Assert.Null(plan.Annotation(GaveUp("jobs-manager")));
    }

    [Fact]
    public void A_restart_that_was_undone_before_it_settled_is_not_taken_for_done()
    {
        var workload = Workload(
            (Settled("jobs-manager"), A.ToString()),
            (Applied("jobs-manager"), B.ToString()),
            (AppliedAt("jobs-manager"), Time(Now.AddMinutes(-15))),
            (Attempts("jobs-manager"), "1")).WithRestartMark(Now.AddDays(-2));

        var plan = PlanOf.One(Restarted(), workload, B);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
    }

    [Fact]
    public void An_attempt_that_somebody_overwrote_is_made_again_and_spends_nothing()
    {
        var plan = PlanOf.One(EnvSet(), Rolling(3, 2).WithEnv(A.ToString()), B);

        Assert.Equal(Outcome.Retried, plan.Outcome());
        Assert.Equal(B.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
        Assert.DoesNotContain(Attempts("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_failed_repair_of_the_recorded_digest_is_tried_again()
    {
        var workload = Workload(
            (Settled("ingestor"), A.ToString()),
            (Applied("ingestor"), A.ToString()),
            (Attempts("ingestor"), "1"),
            (FailedAttempts("ingestor"), "1")).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet(), workload, A, Broken);

        Assert.Equal(Outcome.Retried, plan.Outcome());
        Assert.Equal("2", plan.Annotation(Attempts("ingestor")));
    }

    [Fact]
    public void A_rollout_is_judged_even_where_the_registry_cannot_be_asked()
    {
        var plan = PlanOf.Workload(Rolling(1), null, (EnvSet(), Away()));

        Assert.Equal(Outcome.Unresolved, plan.Outcome());
        Assert.Equal(B.ToString(), plan.Annotation(Settled("ingestor")));
    }
}
