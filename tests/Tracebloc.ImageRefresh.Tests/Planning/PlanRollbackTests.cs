using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Failed rollouts with <c>onFailure: rollback</c>: A had settled, B fails.</summary>
public sealed class PlanRollbackTests
{
    private static readonly RolloutStatus Broken = RolloutStatus.Failed("CrashLoopBackOff in container api");

    private static (string, string)[] OnTrial(string name, int failed = 0) =>
    [
        (Settled(name), A.ToString()),
        (Applied(name), B.ToString()),
        (AppliedAt(name), Time(Now.AddMinutes(-15))),
        (Attempts(name), "1"),
        (FailedAttempts(name), $"{failed}"),
    ];

    private static Workload Ingestor(int failed = 0, params (string, string)[] more) =>
        Workload([.. OnTrial("ingestor", failed), .. more]).WithEnv(B.ToString());

    private static Workload Manager() => Workload(OnTrial("jobs-manager")).WithRestartMark(Now.AddMinutes(-15));

    [Fact]
    public void One_patch_goes_back_and_puts_what_failed_into_quarantine()
    {
        var plan = PlanOf.One(EnvSet().RollingBack(), Ingestor(), B, Broken);

        Assert.Equal(Outcome.RolledBack, plan.Outcome());
        Assert.Equal(A.ToString(), Assert.Single(plan.Edit.Containers).Variable?.Value);
        Assert.Equal(A.ToString(), plan.Annotation(Applied("ingestor")));
        Assert.Equal(B.ToString(), plan.Annotation(GaveUp("ingestor")));
        Assert.Equal(
            $$"""
            [{"digest":"{{B}}","at":"{{Time(Now)}}","reason":"CrashLoopBackOff in container api","failures":1}]
            """,
            plan.Annotation(Quarantine("ingestor")));
        Assert.Null(plan.Edit.RestartedAt);
    }

    [Fact]
    public void The_image_goes_back_to_its_digest()
    {
        var workload = Workload(OnTrial("web"))
            .Change("web", web => web with { Image = $"registry.example.com/web@{B}" });

        var plan = PlanOf.One(ImageSet().RollingBack(), workload, B, Broken);

        Assert.Equal($"registry.example.com/web@{A}", Assert.Single(plan.Edit.Containers).Image);
    }

    [Fact]
    public void Pods_that_pull_by_tag_go_back_by_a_pin_of_which_the_container_is_remembered()
    {
        var plan = PlanOf.One(Restarted().RollingBack(), Manager(), B, Broken);

        var edit = Assert.Single(plan.Edit.Containers);
        Assert.Equal(("api", $"docker.io/tracebloc/jobs-manager@{A}"), (edit.Container, edit.Image));
        Assert.Equal("api", plan.Annotation(PinnedFrom("jobs-manager")));
    }

    [Fact]
    public void Kept_as_it_is_by_default_it_is_tried_again()
    {
        var plan = PlanOf.One(EnvSet(), Ingestor(), B, Broken);

        Assert.Equal(Outcome.Retried, plan.Outcome());
        Assert.DoesNotContain(Quarantine("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void It_goes_back_though_the_registry_serves_another_by_now_or_is_away()
    {
        Assert.Equal(Outcome.RolledBack, PlanOf.One(EnvSet().RollingBack(), Ingestor(), C, Broken).Outcome());
        var away = PlanOf.Workload(Ingestor(), Broken, (EnvSet().RollingBack(), Away()));
        Assert.Equal(Outcome.RolledBack, away.Outcome());
    }

    [Fact]
    public void It_goes_back_though_too_little_of_the_tick_is_left()
    {
        var plan = Planner.Plan(
            Seen(Ingestor(), Broken, EnvSet().RollingBack()),
            [new(EnvSet().RollingBack(), Ok(B))],
            Policy,
            Now,
            mayRoll: false);

        Assert.Equal(Outcome.RolledBack, plan.Outcome());
        Assert.True(plan.RollsBack);
    }

    [Fact]
    public void What_failed_before_the_option_was_set_goes_back_when_it_is()
    {
        var workload = Ingestor(1, (GaveUp("ingestor"), B.ToString()), (Error("ingestor"), "crashed"));

        Assert.Equal(Outcome.RolledBack, PlanOf.One(EnvSet().RollingBack(), workload, B, Broken).Outcome());
    }

    [Fact]
    public void A_rollout_that_is_still_under_way_is_waited_for()
    {
        var moving = RolloutStatus.Progressing("0 of 1 new replicas are available");

        Assert.Equal(Outcome.Waiting, PlanOf.One(EnvSet().RollingBack(), Ingestor(), B, moving).Outcome());
    }

    [Fact]
    public void A_hold_keeps_what_failed_in_place()
    {
        var workload = Ingestor(0, ("tracebloc.io/refresh-hold", "looking into it"));

        var plan = PlanOf.One(EnvSet().RollingBack(), workload, B, Broken);

        Assert.Equal(Outcome.Held, plan.Outcome());
        Assert.Empty(plan.Edit.Containers);
        Assert.Equal("1", plan.Annotation(FailedAttempts("ingestor")));
    }

    [Fact]
    public void A_failed_repair_of_what_had_settled_has_nothing_to_go_back_to()
    {
        var workload = Workload(
            (Settled("ingestor"), B.ToString()), (Applied("ingestor"), B.ToString()), (Attempts("ingestor"), "1"))
            .WithEnv(B.ToString());

        Assert.Equal(Outcome.Retried, PlanOf.One(EnvSet().RollingBack(), workload, B, Broken).Outcome());
    }

    [Fact]
    public void Digests_that_failed_together_go_back_together_and_neither_is_quarantined()
    {
        var workload = Workload([.. OnTrial("ingestor"), .. OnTrial("jobs-manager")])
            .WithEnv(B.ToString()).WithRestartMark(Now.AddMinutes(-15));

        var plan = PlanOf.Workload(
            workload, Broken, (Restarted().RollingBack(), Ok(B)), (EnvSet().RollingBack(), Ok(B)));

        Assert.All(plan.Images, image => Assert.Equal(Outcome.RolledBack, image.Outcome));
        Assert.All(plan.Images, image => Assert.True(image.After.Quarantine.Suspects(B)));
        Assert.All(plan.Images, image => Assert.Null(image.After.GaveUp));
        Assert.Contains("retried alone", plan.Images[0].Message);
    }

    [Fact]
    public void A_digest_that_failed_together_with_another_rollback_is_only_suspect()
    {
        var workload = Workload([
                .. OnTrial("ingestor"),
                (Settled("web"), A.ToString()), (Applied("web"), A.ToString()), (Attempts("web"), "1"),
            ])
            .WithEnv(B.ToString()).Change("web", web => web with { Image = $"registry.example.com/web@{A}" });

        var plan = PlanOf.Workload(
            workload, Broken, (ImageSet().RollingBack(), Ok(A)), (EnvSet().RollingBack(), Ok(B)));

        Assert.True(plan.Images[1].After.Quarantine.Suspects(B));
    }

    [Fact]
    public void A_digest_that_failed_after_another_writers_change_is_only_suspect()
    {
        var plan = PlanOf.One(
            EnvSet().RollingBack(), Ingestor().WithManager("helm", Now.AddMinutes(-5)), B, Broken);

        Assert.True(Assert.Single(plan.Images).After.Quarantine.Suspects(B));
    }

    [Fact]
    public void A_suspect_is_quarantined_by_as_many_failures_as_there_are_attempts()
    {
        var twice = new QuarantineEntry(B, Now.AddHours(-1), "crashed") { Failures = 2, IsSuspect = true };
        var workload = Ingestor(0, (Quarantine("ingestor"), QuarantineJson.Write(new(twice))!))
            .WithManager("helm", Now.AddMinutes(-5));

        var plan = PlanOf.One(EnvSet().RollingBack(), workload, B, Broken);

        var entry = Assert.Single(Assert.Single(plan.Images).After.Quarantine.Entries);
        Assert.Equal((3, false), (entry.Failures, entry.IsSuspect));
    }

    [Fact]
    public void A_stateful_set_that_waits_for_its_broken_pod_is_refused_at_once()
    {
        var workload = Workload((Settled("ingestor"), A.ToString()));
        workload = workload with { Spec = workload.Spec with { PodManagementPolicy = "OrderedReady" } };

        var plan = PlanOf.One(EnvSet().RollingBack(), workload, A);

        Assert.Equal(Outcome.Misconfigured, plan.Outcome());
        Assert.Contains("OrderedReady", Assert.Single(plan.Images).Message);
        Assert.Equal(Outcome.Unchanged, PlanOf.One(EnvSet(), workload, A).Outcome());
    }

    [Theory]
    [InlineData("docker.io/tracebloc/jobs-manager:prod", Outcome.Unchanged)]
    [InlineData("docker.io/tracebloc/proxy:prod", Outcome.Misconfigured)]
    public void A_digest_that_no_restart_changes_is_refused_unless_another_container_follows_the_tag(
        string other, object outcome)
    {
        var workload = Workload((Settled("jobs-manager"), A.ToString()))
            .Change("api", api => api with { Image = $"tracebloc/jobs-manager@{A}" })
            .Change("web", web => web with { Image = other });

        Assert.Equal((Outcome)outcome, PlanOf.One(Restarted(), workload, A).Outcome());
    }

    [Theory]
    [InlineData("docker.io/tracebloc/proxy:prod", "name the container that runs it")]
    [InlineData("docker.io/tracebloc/jobs-manager@sha256:", "give it docker.io/tracebloc/jobs-manager:prod again")]
    public void A_container_that_a_rollback_could_not_pin_is_refused_at_once(string image, string remedy)
    {
        var workload = Workload((Settled("jobs-manager"), A.ToString()))
            .Change("api", api => api with { Image = image.EndsWith(':') ? image + A.Hex : image });

        var plan = PlanOf.One(Restarted().RollingBack(), workload, A);

        Assert.Equal(Outcome.Misconfigured, plan.Outcome());
        Assert.Contains(remedy, Assert.Single(plan.Images).Message);
    }
}
