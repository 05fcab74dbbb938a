using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

public sealed class PlatformsTests
{
    private static readonly TrackedImage OnAmd64 = On("linux/amd64");
    private static readonly TrackedImage OnBoth = On("linux/amd64", "linux/arm64");

    private static readonly PlatformManifest Amd64 = Part("linux/amd64", '1');
    private static readonly PlatformManifest Arm64 = Part("linux/arm64/v8", '2');

    private static readonly Workload OnA = Workload(SettledOnA).WithEnv(A.ToString());

    [Fact]
    public void Without_evidence_nothing_is_rolled_out()
    {
        var image = Assert.Single(PlanOf.One(OnAmd64, OnA, B).Images);

        Assert.Equal((Outcome.Held, true), (image.Outcome, image.NeedsEvidence));
    }

    [Fact]
    public void Evidence_is_wanted_only_for_what_all_other_gates_let_pass()
    {
        var held = OnAmd64 with { Gates = OnAmd64.Gates with { Hold = true } };

        Assert.False(Assert.Single(PlanOf.One(held, OnA, B).Images).NeedsEvidence);
        Assert.False(Assert.Single(PlanOf.One(OnAmd64, OnA, A).Images).NeedsEvidence);
        Assert.False(Assert.Single(PlanOf.One(OnAmd64, Workload(), B).Images).NeedsEvidence);
    }

    [Fact]
    public void A_digest_that_is_there_for_every_platform_is_rolled_out() =>
        Assert.Equal(Outcome.Refreshed, Plan(OnBoth, OnA, [Amd64, Arm64]).Outcome());

    [Fact]
    public void One_that_lacks_a_platform_is_not_and_is_counted()
    {
        var plan = Plan(OnBoth, OnA, [Amd64]);

        Assert.Equal(Outcome.Incomplete, plan.Outcome());
        Assert.False(plan.Rolls);
        Assert.Equal("1", plan.Annotation(Failures("ingestor")));
        Assert.Equal(
            "not applied: it is for linux/amd64, not for linux/arm64 (1 ticks in a row, tolerated below 3)",
            Assert.Single(plan.Images).Message);
    }

    [Fact]
    public void The_count_goes_on_from_tick_to_tick_and_ends_when_it_is_complete()
    {
        var workload = Workload(SettledOnA, (Failures("ingestor"), "2"), (Error("ingestor"), "no linux/arm64"))
            .WithEnv(A.ToString());

        Assert.Equal("3", Plan(OnBoth, workload, []).Annotation(Failures("ingestor")));
        Assert.Null(Plan(OnBoth, workload, [Amd64, Arm64]).Annotation(Failures("ingestor")));
    }

    [Fact]
    public void A_settled_digest_that_somebody_changed_needs_no_platforms()
    {
        var workload = Workload(SettledOnA, (Applied("ingestor"), A.ToString())).WithEnv(B.ToString());

        Assert.Equal(Outcome.Repaired, PlanOf.One(OnBoth, workload, A).Outcome());
    }

    [Fact]
    public void News_for_other_platforms_are_recorded_and_restart_nothing()
    {
        var newer = Part("linux/arm64", '3');

        var plan = Plan(Ignoring(OnAmd64), OnA, [Amd64, newer], [Amd64, Arm64]);

        Assert.Equal(Outcome.Skipped, plan.Outcome());
        Assert.False(plan.Rolls);
        Assert.Equal(B.ToString(), plan.Annotation(Skipped("ingestor")));
        Assert.Equal("linux/amd64", plan.Annotation(SkippedFor("ingestor")));
        Assert.Equal(2, plan.Edit.Annotations.Count);
    }

    [Theory]
    [InlineData(true, false, "the own platform's part has changed")]
    [InlineData(false, true, "the digest in place is gone from the registry")]
    public void Anything_else_restarts(bool hasChanged, bool isGone, string why)
    {
        PlatformManifest[] offered = [hasChanged ? Part("linux/amd64", '3') : Amd64];

        var plan = Plan(Ignoring(OnAmd64), OnA, offered, isGone ? null : [Amd64]);

        Assert.True(plan.Outcome() == Outcome.Refreshed, why);
    }

    [Fact]
    public void Without_the_option_news_for_other_platforms_restart() =>
        Assert.Equal(Outcome.Refreshed, Plan(OnAmd64, OnA, [Amd64], [Amd64]).Outcome());

    [Fact]
    public void Where_no_node_fits_nothing_is_known_to_be_the_same() =>
        Assert.Equal(
            Outcome.Refreshed,
            Plan(Ignoring(OnAmd64), OnA, new PlatformEvidence([], [Amd64], [Amd64])).Outcome());

    [Fact]
    public void A_workload_that_is_not_on_the_settled_digest_is_not_left_so()
    {
        var reverted = Workload(SettledOnA, (Applied("ingestor"), A.ToString())).WithEnv(C.ToString());

        var plan = Plan(Ignoring(OnAmd64), reverted, [Amd64], [Amd64]);

        Assert.Equal(Outcome.Refreshed, plan.Outcome());
    }

    [Fact]
    public void What_was_skipped_stays_so_without_evidence_or_a_write()
    {
        var plan = PlanOf.One(Ignoring(OnAmd64), SkippedB("linux/amd64"), B);

        Assert.Equal(Outcome.Unchanged, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
        Assert.Equal(
            "sha256:aaaaaaaaaaaa stays; only other platforms have changed since", Assert.Single(plan.Images).Message);
    }

    [Fact]
    public void It_is_looked_at_again_when_other_platforms_are_wanted_or_the_option_is_gone()
    {
        Assert.True(Assert.Single(PlanOf.One(Ignoring(OnBoth), SkippedB("linux/amd64"), B).Images).NeedsEvidence);
        Assert.True(Assert.Single(PlanOf.One(OnAmd64, SkippedB("linux/amd64"), B).Images).NeedsEvidence);
        Assert.Equal(Outcome.Refreshed, PlanOf.One(EnvSet(), SkippedB("linux/amd64"), B).Outcome());
    }

    [Fact]
    public void While_it_is_skipped_the_settled_digest_is_repaired()
    {
        var reverted = SkippedB("linux/amd64").WithEnv(C.ToString());

        var plan = PlanOf.One(Ignoring(OnAmd64), reverted, B);

        Assert.Equal((Outcome.Repaired, A), (plan.Outcome(), Assert.Single(plan.Images).Target));
    }

    [Fact]
    public void A_digest_that_settles_leaves_nothing_of_what_was_skipped()
    {
        var workload = Workload(
            SettledOnA, (Skipped("ingestor"), B.ToString()), (SkippedFor("ingestor"), "linux/amd64"),
            (Applied("ingestor"), C.ToString()), (Attempts("ingestor"), "1")).WithEnv(C.ToString());

        var plan = PlanOf.One(Ignoring(OnAmd64), workload, C);

        Assert.Equal(Outcome.Settled, plan.Outcome());
        Assert.Null(plan.Annotation(Skipped("ingestor")));
        Assert.Null(plan.Annotation(SkippedFor("ingestor")));
    }

    private static (string, string) SettledOnA => (Settled("ingestor"), A.ToString());

    private static Workload SkippedB(string platforms) => Workload(
        SettledOnA, (Applied("ingestor"), A.ToString()), (Skipped("ingestor"), B.ToString()),
        (SkippedFor("ingestor"), platforms)).WithEnv(A.ToString());

    private static TrackedImage On(params string[] platforms) => EnvSet() with
    {
        Gates = new() { Platforms = new() { Listed = [.. platforms.Select(Parse)] } },
    };

    private static TrackedImage Ignoring(TrackedImage image) => image with
    {
        Gates = image.Gates with { Platforms = image.Gates.Platforms! with { IgnoresOthers = true } },
    };

    private static PlatformManifest Part(string platform, char digit) => new(Parse(platform), DigestOf(digit));

    private static Platform Parse(string text) =>
        Platform.TryParse(text, out var platform, out var error) ? platform : throw new FormatException(error);

    /// <summary>B is there for these platforms, and what the image's options list is wanted.</summary>
    private static WorkloadPlan Plan(
        TrackedImage image, Workload workload, PlatformManifest[] offered, PlatformManifest[]? earlier = null) =>
        Plan(image, workload, new PlatformEvidence(image.Gates.Platforms?.Listed ?? [], offered, earlier));

    private static WorkloadPlan Plan(TrackedImage image, Workload workload, PlatformEvidence platforms) =>
        PlanOf.Judged(image, workload, B, null, (B, new() { Platforms = platforms }));
}
