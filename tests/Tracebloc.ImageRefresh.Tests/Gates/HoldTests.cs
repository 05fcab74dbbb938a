using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

public sealed class HoldTests
{
    private static readonly (string, string) SettledOnA = (Settled("ingestor"), A.ToString());

    private static readonly TrackedImage HeldByConfiguration = EnvSet() with { Gates = new() { Hold = true } };

    [Fact]
    public void A_hold_in_the_configuration_keeps_a_newer_digest_out()
    {
        var plan = PlanOf.One(HeldByConfiguration, Workload(SettledOnA).WithEnv(A.ToString()), B);

        Assert.Equal(Outcome.Held, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_hold_on_the_workload_says_its_reason()
    {
        var workload = Workload(SettledOnA, ("tracebloc.io/refresh-hold", "audit until Friday")).WithEnv(A.ToString());

        var plan = PlanOf.One(EnvSet(), workload, B);

        Assert.Equal(Outcome.Held, plan.Outcome());
        Assert.Equal("held by tracebloc.io/refresh-hold: audit until Friday", Assert.Single(plan.Images).Message);
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_reason_is_one_line_of_at_most_200_characters()
    {
        var workload = Workload(SettledOnA, ("tracebloc.io/refresh-hold", "audit\r\n" + new string('x', 100_000)))
            .WithEnv(A.ToString());

        var message = Assert.Single(PlanOf.One(EnvSet(), workload, B).Images).Message;

        Assert.StartsWith("held by tracebloc.io/refresh-hold: audit xxx", message);
        Assert.Equal("held by tracebloc.io/refresh-hold: ".Length + 201, message.Length);
    }

    [Fact]
    public void A_hold_leaves_a_reverted_value_as_it_is()
    {
        var workload = Workload(SettledOnA, (Applied("ingestor"), A.ToString())).WithEnv(B.ToString());

        Assert.Equal(Outcome.Held, PlanOf.One(HeldByConfiguration, workload, A).Outcome());
    }

    [Fact]
    public void A_hold_is_what_is_told_of_a_workload_that_is_paused_or_under_way_as_well()
    {
        var workload = Workload(SettledOnA).WithEnv(A.ToString());
        var paused = workload with { Spec = workload.Spec with { Paused = true } };

        Assert.Equal(Outcome.Held, PlanOf.One(HeldByConfiguration, paused, B).Outcome());
        Assert.Equal(
            Outcome.Held, PlanOf.One(HeldByConfiguration, workload, B, RolloutStatus.Progressing("1 of 2")).Outcome());
    }

    [Fact]
    public void A_hold_with_nothing_to_hold_back_is_silent()
    {
        var plan = PlanOf.One(HeldByConfiguration, Workload(SettledOnA).WithEnv(A.ToString()), A);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
    }

    [Fact]
    public void A_rollout_that_was_under_way_when_the_hold_came_is_judged_to_its_end()
    {
        var workload = Workload(
            SettledOnA, (Applied("ingestor"), B.ToString()), (Attempts("ingestor"), "1"),
            ("tracebloc.io/refresh-hold", "")).WithEnv(B.ToString());

        var plan = PlanOf.One(EnvSet(), workload, B);

        Assert.Equal(Outcome.Settled, plan.Outcome());
    }
}
