using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>After a rollback: A is in place again, and B, which failed, in quarantine.</summary>
public sealed class PlanQuarantineTests
{
    private static readonly DateTimeOffset Then = Now.AddHours(-1);
    private static readonly RolloutStatus Broken = RolloutStatus.Failed("unhealthy");

    private static (string, string)[] RolledBack(string name, int attempts, int failed, bool suspect = false) =>
    [
        (Settled(name), A.ToString()),
        (Applied(name), A.ToString()),
        (AppliedAt(name), Time(Then)),
        (Attempts(name), $"{attempts}"),
        (FailedAttempts(name), $"{failed}"),
        (Quarantine(name), QuarantineJson.Write(new(new QuarantineEntry(B, Then, "crashed") { IsSuspect = suspect }))!),
        .. suspect ? [] : new (string, string)[] { (GaveUp(name), B.ToString()) },
    ];

    private static Workload Ingestor(int attempts = 0, int failed = 0, bool suspect = false) =>
        Workload(RolledBack("ingestor", attempts, failed, suspect)).WithEnv(A.ToString());

    private static Workload Manager() => Workload(
            [.. RolledBack("jobs-manager", 0, 0), (PinnedFrom("jobs-manager"), "api")])
        .Change("api", api => api with { Image = $"docker.io/tracebloc/jobs-manager@{A}" })
        .WithRestartMark(Then);

    [Fact]
    public void The_digest_is_left_alone_and_the_run_frozen_without_a_write()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(), B);

        Assert.Equal(Outcome.Quarantined, plan.Outcome());
        Assert.Equal(
            "quarantined since 2026-03-01T11:00:00.000Z: crashed; image-refresh release ingestor lifts it",
            Assert.Single(plan.Images).Message);
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void It_is_left_alone_whatever_the_option_says_by_now() =>
        Assert.Equal(Outcome.Quarantined, PlanOf.One(EnvSet(), Ingestor(), B).Outcome());

    [Fact]
    public void A_rollback_that_an_earlier_tick_left_behind_is_settled()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(attempts: 1), B);

        Assert.Equal(Outcome.Quarantined, plan.Outcome());
        Assert.Null(plan.Annotation(Attempts("ingestor")));
        Assert.DoesNotContain(GaveUp("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_rollback_that_was_given_up_stays_so_under_a_hold()
    {
        var workload = Workload(
        [
            .. RolledBack("ingestor", 3, 3, suspect: true),
            (GaveUp("ingestor"), A.ToString()),
            ("tracebloc.io/refresh-hold", "looking into it"),
        ]).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet().RollingBack(), workload, B, Broken);

        Assert.Equal(Outcome.Held, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_pin_ends_with_the_action_that_needed_it()
    {
        var workload = Workload(
                (Settled("ingestor"), A.ToString()),
                (Applied("ingestor"), A.ToString()),
                (PinnedFrom("ingestor"), "api"))
            .Change("api", api => api with { Image = $"docker.io/tracebloc/jobs-manager@{A}" });

        var plan = PlanOf.One(EnvSet() with { Image = Restarted().Image }, workload, C);

        Assert.Equal(
            [(null, C.ToString()), ("docker.io/tracebloc/jobs-manager:prod", null)],
            plan.Edit.Containers.Select(edit => (edit.Image, edit.Variable?.Value)));
        Assert.Null(plan.Annotation(PinnedFrom("ingestor")));
    }

    [Fact]
    public void A_rollback_under_way_is_waited_for()
    {
        var moving = RolloutStatus.Progressing("0 of 1 new replicas are available");

        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(attempts: 1), B, moving);

        Assert.Equal(Outcome.Waiting, plan.Outcome());
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_rollback_that_failed_is_tried_again_and_casts_doubt_on_the_verdict()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(attempts: 1), B, Broken);

        var image = Assert.Single(plan.Images);
        Assert.Equal((Outcome.Retried, A), (image.Outcome, image.Target));
        Assert.Equal("2", plan.Annotation(Attempts("ingestor")));
        Assert.True(image.After.Quarantine.Suspects(B));
        Assert.NotNull(plan.Edit.RestartedAt);
    }

    [Fact]
    public void A_later_repair_that_fails_casts_no_doubt()
    {
        var later = (AppliedAt("ingestor"), Time(Now.AddMinutes(-15)));
        var annotations = RolledBack("ingestor", 1, 0).Where(pair => pair.Item1 != later.Item1).Append(later);

        var plan = PlanOf.One(
            EnvSet().RollingBack(), Workload([.. annotations]).WithEnv(A.ToString()), B, Broken);

        Assert.True(Assert.Single(plan.Images).After.Quarantine.Bars(B));
    }

    [Fact]
    public void A_rollback_that_never_succeeds_is_given_up()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(attempts: 3, failed: 3), B, Broken);

        Assert.Equal(Outcome.GaveUp, plan.Outcome());
        Assert.Equal(A.ToString(), plan.Annotation(GaveUp("ingestor")));
    }

    [Fact]
    public void What_somebody_changed_meanwhile_is_repaired_to_the_digest_that_had_settled()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor().WithEnv(C.ToString()), B);

        Assert.Equal(Outcome.Repaired, plan.Outcome());
        Assert.Equal(A.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
        Assert.True(Assert.Single(plan.Images).After.Quarantine.Bars(B));
    }

    [Fact]
    public void Another_digest_is_rolled_out_and_the_quarantine_remembered()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(), C);

        Assert.Equal((Outcome.Refreshed, C), (plan.Outcome(), plan.Images[0].Target));
        Assert.Null(plan.Annotation(GaveUp("ingestor")));
        Assert.DoesNotContain(Quarantine("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_registry_that_went_back_is_followed_without_a_rollout()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.Null(plan.Annotation(GaveUp("ingestor")));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('c')]
    public void A_pin_ends_with_a_restart_when_the_registry_serves_another_digest(char digit)
    {
        var latest = DigestOf(digit);
        var plan = PlanOf.One(Restarted().RollingBack(), Manager(), latest);

        Assert.Equal(latest, Assert.Single(plan.Images).Target);
        Assert.Equal("docker.io/tracebloc/jobs-manager:prod", Assert.Single(plan.Edit.Containers).Image);
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
        Assert.Null(plan.Annotation(PinnedFrom("jobs-manager")));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('c')]
    public void An_image_that_somebody_gave_the_container_in_place_of_the_pin_stays_when_the_pin_ends(char digit)
    {
        var workload = Manager().Change("api", api => api with { Image = "tracebloc/jobs-manager:other" });

        var plan = PlanOf.One(Restarted().RollingBack(), workload, DigestOf(digit));

        Assert.Equal(DigestOf(digit), Assert.Single(plan.Images).Target);
        Assert.Empty(plan.Edit.Containers);
        Assert.Equal(Time(Now), plan.Edit.RestartedAt);
        Assert.Null(plan.Annotation(PinnedFrom("jobs-manager")));
        Assert.DoesNotContain("tracebloc/jobs-manager:prod", plan.Images[0].Message);
    }

    [Theory]
    [InlineData('a', Outcome.Unchanged)]
    [InlineData('b', Outcome.Quarantined)]
    [InlineData('c', Outcome.Refreshed)]
    public void A_pin_is_over_once_its_container_is_gone(char digit, object outcome)
    {
        var workload = Manager().Change("api", api => api with { Name = "server", Image = "jobs-manager:prod" });

        var plan = PlanOf.One(Restarted(), workload, DigestOf(digit));

        Assert.Equal((Outcome)outcome, plan.Outcome());
        Assert.Empty(plan.Edit.Containers);
        Assert.Null(plan.Annotation(PinnedFrom("jobs-manager")));
    }

    [Fact]
    public void Records_that_do_not_say_what_is_served_end_no_pin()
    {
        // Another digest is served and kept out, which leaves no trace but that nothing is given up.
        var annotations = RolledBack("jobs-manager", 0, 0).Where(pair => pair.Item1 != GaveUp("jobs-manager"));
        (string, string) pin = (PinnedFrom("jobs-manager"), "api");
        var workload = Manager() with { Metadata = Workload([.. annotations, pin]).Metadata };

        var plan = Planner.PlanFromRecords(
            Seen(workload, RolloutStatus.Settled, Restarted().RollingBack()), [Restarted().RollingBack()], Policy, Now);

        var image = Assert.Single(plan.Images);
        Assert.Equal((Outcome.Unchanged, null), (image.Outcome, image.Target));
        Assert.Equal($"api stays pinned to {A.Short()}", image.Message);
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_pin_ends_though_the_option_and_the_container_are_no_longer_configured() =>
        Assert.Equal(
            "docker.io/tracebloc/jobs-manager:prod",
            Assert.Single(PlanOf.One(Restarted(), Manager(), C).Edit.Containers).Image);

    [Fact]
    public void A_pin_that_somebody_took_away_is_set_again()
    {
        var workload = Manager().Change("api", api => api with { Image = "tracebloc/jobs-manager:other" });

        var plan = PlanOf.One(Restarted().RollingBack(), workload, B);

        Assert.Equal(Outcome.Repaired, plan.Outcome());
        Assert.Equal($"docker.io/tracebloc/jobs-manager@{A}", Assert.Single(plan.Edit.Containers).Image);
        Assert.DoesNotContain(PinnedFrom("jobs-manager"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_suspect_is_tried_again_once_the_workload_is_well()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(suspect: true), B);

        Assert.Equal((Outcome.Retried, B), (plan.Outcome(), plan.Images[0].Target));
        var unwell = PlanOf.One(EnvSet().RollingBack(), Ingestor(1, 1, suspect: true), B, Broken);
        Assert.Equal((Outcome.Retried, A), (unwell.Outcome(), unwell.Images[0].Target));
    }

    [Fact]
    public void A_suspect_that_settles_is_innocent()
    {
        var workload = Workload(
            (Settled("ingestor"), A.ToString()), (Applied("ingestor"), B.ToString()), (Attempts("ingestor"), "1"),
            (Quarantine("ingestor"), QuarantineJson.Write(new(new QuarantineEntry(B, Then, "") { IsSuspect = true }))!))
            .WithEnv(B.ToString());

        var plan = PlanOf.One(EnvSet().RollingBack(), workload, B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Null(plan.Annotation(Quarantine("ingestor")));
    }

    [Fact]
    public void A_suspect_that_is_served_no_longer_is_forgotten() =>
        Assert.Null(PlanOf.One(EnvSet().RollingBack(), Ingestor(suspect: true), A).Annotation(Quarantine("ingestor")));

    [Fact]
    public void Of_several_suspects_one_at_a_time_is_tried()
    {
        var workload = Workload([.. RolledBack("ingestor", 0, 0, true), .. RolledBack("web", 0, 0, true)])
            .WithEnv(A.ToString())
            .Change("web", web => web with { Image = $"registry.example.com/web@{A}" });

        var plan = PlanOf.Workload(
            workload, null, (ImageSet().RollingBack(), Ok(B)), (EnvSet().RollingBack(), Ok(B)));

        Assert.Equal([Outcome.Retried, Outcome.Waiting], plan.Images.Select(image => image.Outcome));
        Assert.Equal("retried alone, after web", plan.Images[1].Message);
        Assert.DoesNotContain(SkipStreak, plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_suspect_waits_for_what_is_merely_new()
    {
        var workload = Workload([.. RolledBack("ingestor", 0, 0, true), (Settled("web"), A.ToString())])
            .WithEnv(A.ToString())
            .Change("web", web => web with { Image = $"registry.example.com/web@{A}" });

        var plan = PlanOf.Workload(
            workload, null, (EnvSet().RollingBack(), Ok(B)), (ImageSet().RollingBack(), Ok(B)));

        Assert.Equal([Outcome.Waiting, Outcome.Refreshed], plan.Images.Select(image => image.Outcome));
    }

    [Fact]
    public void A_hold_leaves_a_pin_as_it_is_and_the_run_stays_frozen()
    {
        var held = Manager();
        held = held with
        {
            Metadata = held.Metadata with
            {
                Annotations = held.Metadata.Annotations!
                    .Append(new("tracebloc.io/refresh-hold", "audit")).ToDictionary(),
            },
        };
        held = held.Change("api", api => api with { Image = "tracebloc/jobs-manager:prod" });

        var plan = PlanOf.One(Restarted().RollingBack(), held, B);

        Assert.Equal(Outcome.Held, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
        Assert.Equal(13, new TickResult(Now, default, [.. plan.Images.Select(ImageResult.Planned)], Policy).ExitCode);
    }
}
