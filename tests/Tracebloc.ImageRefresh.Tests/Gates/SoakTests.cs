using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

public sealed class SoakTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TrackedImage Soaking = EnvSet() with { Gates = new() { MinAge = 6 * Hour } };

    [Fact]
    public void A_newer_digest_is_noted_and_held_for_its_age()
    {
        var plan = PlanOf.One(Soaking, Workload(Settled(A)).WithEnv(A.ToString()), B);

        var image = Assert.Single(plan.Images);
        Assert.Equal(Outcome.Held, image.Outcome);
        Assert.Equal(Now + (6 * Hour), image.Until);
        Assert.Equal("held until 2026-03-01 18:00:00Z: first seen 2026-03-01 12:00:00Z, minAge 6h", image.Message);
        Assert.Equal(B.ToString(), plan.Annotation(Seen("ingestor")));
        Assert.Equal(Time(Now), plan.Annotation(SeenAt("ingestor")));
        Assert.Equal(2, plan.Edit.Annotations.Count);
        Assert.False(plan.Rolls);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5.999, false)]
    [InlineData(6, true)]
    [InlineData(600, true)]
    public void It_is_rolled_out_as_soon_as_it_is_old_enough(double hours, bool rolls)
    {
        var plan = PlanOf.One(Soaking, Soaked(B, hours), B);

        Assert.Equal(rolls ? Outcome.Refreshed : Outcome.Held, plan.Outcome());
        Assert.Equal(rolls, plan.Rolls);
        Assert.Equal(rolls, !plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_digest_that_changes_meanwhile_starts_anew()
    {
        var plan = PlanOf.One(Soaking, Soaked(B, hours: 5), C);

        Assert.Equal(Now + (6 * Hour), Assert.Single(plan.Images).Until);
        Assert.Equal(C.ToString(), plan.Annotation(Seen("ingestor")));
        Assert.Equal(Time(Now), plan.Annotation(SeenAt("ingestor")));
        Assert.Equal(Time(Now - (5 * Hour)), plan.Annotation(SoakingSince("ingestor")));
    }

    [Fact]
    public void A_time_to_come_holds_no_longer_than_the_age()
    {
        var plan = PlanOf.One(Soaking, Soaked(B, hours: -1000), B);

        Assert.Equal(Now + (6 * Hour), Assert.Single(plan.Images).Until);
        Assert.Equal(Time(Now), plan.Annotation(SeenAt("ingestor")));
    }

    [Fact]
    public void Going_back_to_the_settled_digest_ends_the_soak()
    {
        var plan = PlanOf.One(Soaking, Soaked(B, hours: 5), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.Null(plan.Annotation(Seen("ingestor")));
        Assert.Null(plan.Annotation(SeenAt("ingestor")));
    }

    [Fact]
    public void A_settled_digest_that_somebody_removed_is_not_soaked_again()
    {
        var workload = Workload(Settled(A), (Applied("ingestor"), A.ToString())).WithEnv(B.ToString());

        Assert.Equal(Outcome.Repaired, PlanOf.One(Soaking, workload, A).Outcome());
    }

    [Fact]
    public void First_sight_is_recorded_at_once()
    {
        var plan = PlanOf.One(Soaking, Workload(), B);

        Assert.Equal(Outcome.Recorded, plan.Outcome());
        Assert.Equal([RefreshAnnotations.Settled("ingestor")], plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void With_verify_first_sight_is_soaked_too()
    {
        var image = Soaking with { Gates = Soaking.Gates with { Verify = new() { KeyFile = "cosign.pub" } } };
        var signed = (B, new Evidence { Signature = new(true, "signed by ann") });

        var held = PlanOf.Judged(image, Workload(), B, null, signed);

        Assert.Equal((Outcome.Held, false), (held.Outcome(), held.Rolls));
        Assert.Equal(Now + (6 * Hour), Assert.Single(held.Images).Until);
        Assert.Equal(
            [Seen("ingestor"), SeenAt("ingestor")], held.Edit.Annotations.Keys.Order(StringComparer.Ordinal));
        var workload = Workload((Seen("ingestor"), $"{B}"), (SeenAt("ingestor"), Time(Now - (6 * Hour))));
        Assert.Equal(Outcome.Refreshed, PlanOf.Judged(image, workload, B, null, signed).Outcome());
        var young = Workload((Seen("ingestor"), $"{B}"), (SeenAt("ingestor"), Time(Now - (5 * Hour))));
        Assert.Equal(Outcome.Held, PlanOf.Judged(image, young, B, null, signed).Outcome());
    }

    [Fact]
    public void A_digest_adopted_at_first_sight_leaves_no_soak()
    {
        var image = Soaking with { Gates = Soaking.Gates with { Verify = new() { KeyFile = "cosign.pub" } } };

        var plan = PlanOf.One(image, Workload().WithEnv($"{B}"), B);

        Assert.Equal(Outcome.Adopted, plan.Outcome());
        Assert.Equal([RefreshAnnotations.Settled("ingestor")], plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_failed_rollout_is_tried_again_without_another_soak()
    {
        var workload = Workload(
            Settled(A), (Seen("ingestor"), B.ToString()), (SeenAt("ingestor"), Time(Now - (7 * Hour))),
            (Applied("ingestor"), B.ToString()), (Attempts("ingestor"), "1"), (FailedAttempts("ingestor"), "1"));

        var plan = PlanOf.One(Soaking, workload.WithEnv(B.ToString()), B, RolloutStatus.Failed("crashed"));

        Assert.Equal(Outcome.Retried, plan.Outcome());
    }

    [Fact]
    public void A_digest_that_settles_leaves_nothing_of_its_soak()
    {
        var workload = Workload(
            Settled(A), (Seen("ingestor"), B.ToString()), (SeenAt("ingestor"), Time(Now - (7 * Hour))),
            (Applied("ingestor"), B.ToString()), (Attempts("ingestor"), "1"));

        var plan = PlanOf.One(Soaking, workload.WithEnv(B.ToString()), B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Null(plan.Annotation(Seen("ingestor")));
        Assert.Null(plan.Annotation(SeenAt("ingestor")));
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(18, true)]
    public void A_tag_that_never_lets_a_digest_ripen_is_overdue_after_a_few_ages(int hours, bool overdue)
    {
        var workload = Workload(
            Settled(A), (Seen("ingestor"), B.ToString()), (SeenAt("ingestor"), Time(Now - Hour)),
            (SoakingSince("ingestor"), Time(Now - (hours * Hour))));

        var image = Assert.Single(PlanOf.One(Soaking, workload.WithEnv(A.ToString()), B).Images);

        Assert.Equal(Outcome.Held, image.Outcome);
        Assert.Equal(overdue, image.IsOverdue);
        Assert.Equal(overdue, image.Message.Contains("no digest has lasted 6h", StringComparison.Ordinal));
    }

    [Fact]
    public void A_digest_that_was_old_enough_and_held_by_hand_does_not_count_as_one_that_did_not_last()
    {
        var workload = Workload(
            Settled(A), (Seen("ingestor"), B.ToString()), (SeenAt("ingestor"), Time(Now - (30 * Hour))),
            (SoakingSince("ingestor"), Time(Now - (40 * Hour))));

        var plan = PlanOf.One(Soaking, workload.WithEnv(A.ToString()), C);

        Assert.Null(plan.Annotation(SoakingSince("ingestor")));
        Assert.False(Assert.Single(plan.Images).IsOverdue);
    }

    [Fact]
    public void Without_the_option_nothing_is_noted()
    {
        var plan = PlanOf.One(EnvSet(), Workload(Settled(A)).WithEnv(A.ToString()), B);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
        Assert.DoesNotContain(plan.Edit.Annotations.Keys, key => key.Contains("seen", StringComparison.Ordinal));
    }

    private static (string, string) Settled(Digest digest) =>
        (RefreshAnnotations.Settled("ingestor"), digest.ToString());

    /// <summary>Settled on A, which it still holds, while another digest has been served for so long.</summary>
    private static Workload Soaked(Digest digest, double hours) => Workload(
        Settled(A),
        (Seen("ingestor"), digest.ToString()),
        (SeenAt("ingestor"), Time(Now - (hours * Hour)))).WithEnv(A.ToString());
}
