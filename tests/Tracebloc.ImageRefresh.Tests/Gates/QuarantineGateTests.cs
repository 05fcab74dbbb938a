using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

/// <summary>Quarantine beside the other gates: A is in place again, B in quarantine.</summary>
public sealed class QuarantineGateTests
{
    private static readonly DateTimeOffset Then = Now.AddHours(-1);

    private static readonly GateOptions Soaking = new() { MinAge = TimeSpan.FromHours(6) };

    private static readonly GateOptions Amd64Alone = new()
    {
        Platforms = new() { Listed = [new() { Os = "linux", Architecture = "amd64" }], IgnoresOthers = true },
    };

    private static readonly GateOptions Signed = new() { Verify = new() { KeyFile = "/etc/cosign.pub" } };

    [Fact]
    public void The_quarantine_is_the_reason_and_not_the_age()
    {
        var plan = PlanOf.One(RollingBack(Soaking), RolledBack(attempts: 0, Seen(hours: 1)), B);

        Assert.Equal(Outcome.Quarantined, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void A_rollback_that_settles_leaves_the_age_of_what_failed_for_the_day_it_is_released()
    {
        var plan = PlanOf.One(RollingBack(Soaking), RolledBack(attempts: 1, Seen(hours: 7)), B);

        Assert.Null(plan.Annotation(Attempts("ingestor")));
        Assert.DoesNotContain(RefreshAnnotations.SeenAt("ingestor"), plan.Edit.Annotations.Keys);
        var released = Workload([(Settled("ingestor"), $"{A}"), .. Seen(hours: 7)]).WithEnv($"{A}");
        Assert.Equal(Outcome.Refreshed, PlanOf.One(RollingBack(Soaking), released, B).Outcome());
    }

    [Fact]
    public void A_pin_outlasts_what_is_news_for_other_platforms_only()
    {
        var workload = Workload(
                (Settled("jobs-manager"), $"{A}"), (Applied("jobs-manager"), $"{A}"),
                (Skipped("jobs-manager"), $"{C}"), (SkippedFor("jobs-manager"), "linux/amd64"),
                (PinnedFrom("jobs-manager"), "api"))
            .Change("api", api => api with { Image = $"docker.io/tracebloc/jobs-manager@{A}" });

        var plan = PlanOf.One(Restarted().RollingBack() with { Gates = Amd64Alone }, workload, C);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void What_is_not_signed_is_said_so_though_somebody_has_changed_the_value_as_well()
    {
        var workload = Workload((Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{A}")).WithEnv($"{C}");
        var image = RollingBack(Signed);

        Assert.Equal(B, PlanOf.One(image, workload, B).Images[0].Unjudged);
        (Digest, Evidence) unsigned = (B, new() { Signature = new(false, "no signature") });
        Assert.Equal(A, PlanOf.Judged(image, workload, B, null, unsigned).Images[0].Unjudged);
        (Digest, Evidence) settled = (A, new() { Signature = new(false, "nor of this one") });
        var plan = PlanOf.Judged(image, workload, B, null, unsigned, settled);

        Assert.Equal(Outcome.Untrusted, plan.Outcome());
        Assert.False(plan.Rolls);
    }

    [Fact]
    public void A_value_is_set_back_only_to_a_digest_that_is_signed()
    {
        var image = RollingBack(Signed);
        var workload = RolledBack(attempts: 0).WithEnv($"{C}");

        Assert.Equal(A, PlanOf.One(image, workload, B).Images[0].Unjudged);
        Assert.Equal(Outcome.Repaired, PlanWith(true).Outcome());
        Assert.Equal(Outcome.Untrusted, PlanWith(false).Outcome());

        WorkloadPlan PlanWith(bool isSigned) =>
            PlanOf.Judged(image, workload, B, null, (A, new() { Signature = new(isSigned, "") }));
    }

    private static TrackedImage RollingBack(GateOptions gates) => EnvSet().RollingBack() with { Gates = gates };

    private static Workload RolledBack(int attempts, params (string, string)[] more) => Workload(
    [
        (Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{A}"), (AppliedAt("ingestor"), Time(Then)),
        (Attempts("ingestor"), $"{attempts}"), (GaveUp("ingestor"), $"{B}"),
        (Quarantine("ingestor"), QuarantineJson.Write(new(new QuarantineEntry(B, Then, "crashed")))!), .. more,
    ]).WithEnv($"{A}");

    private static (string, string)[] Seen(int hours) =>
        [(RefreshAnnotations.Seen("ingestor"), $"{B}"), (SeenAt("ingestor"), Time(Now.AddHours(-hours)))];
}
