using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>With <c>verify</c>, no digest goes into a workload without evidence of this run, on any path.</summary>
public sealed class PlanEvidenceTests
{
    private static readonly RolloutStatus Broken = RolloutStatus.Failed("crashed");

    private static readonly TrackedImage Verified = EnvSet().RollingBack() with
    {
        Gates = new() { Verify = new() { KeyFile = "cosign.pub" } },
    };

    // B was rolled out and failed; only annotations say that A ran before.
    private static readonly Workload FailedB = Workload(
            (Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{B}"), (Attempts("ingestor"), "1"),
            (FailedAttempts("ingestor"), "1"), (Error("ingestor"), "crashed"))
        .WithEnv($"{B}");

    private static (Digest, Evidence) Signed(Digest digest) =>
        (digest, new() { Signature = new(true, "signed by ann") });

    private static (Digest, Evidence) Unsigned(Digest digest) => (digest, new() { Signature = new(false, "unsigned") });

    [Fact]
    public void A_rollback_without_evidence_changes_nothing_and_says_so()
    {
        var plan = PlanOf.One(Verified, FailedB, B, Broken);

        var image = Assert.Single(plan.Images);
        Assert.Equal((Outcome.RolloutFailed, A, null), (image.Outcome, image.Unjudged, image.Target));
        Assert.Empty(plan.Edit.Containers);
        Assert.Equal(
            $"crashed; {B.Short()} stays: going back to {A.Short()} is not allowed: held: its signature is not checked"
            + " yet",
            image.Message);
    }

    [Fact]
    public void With_evidence_it_goes_back_and_names_the_signer()
    {
        var plan = PlanOf.Judged(Verified, FailedB, B, Broken, Signed(A));

        Assert.Equal((Outcome.RolledBack, A), (plan.Outcome(), plan.Images[0].Target));
        Assert.EndsWith("; signed by ann", plan.Images[0].Message);
    }

    [Fact]
    public void An_unsigned_digest_of_the_record_is_not_gone_back_to()
    {
        var plan = PlanOf.Judged(Verified, FailedB, B, Broken, Unsigned(A), Signed(B));

        var image = Assert.Single(plan.Images);
        Assert.Equal((Outcome.RolloutFailed, null), (image.Outcome, image.Target));
        Assert.EndsWith("is not allowed: not applied: unsigned", image.Message);
        Assert.Empty(plan.Edit.Containers);
        Assert.DoesNotContain(Quarantine("ingestor"), plan.Edit.Annotations.Keys);
    }

    [Fact]
    public void A_newer_digest_that_is_signed_follows_where_there_is_no_way_back()
    {
        var plan = PlanOf.Judged(Verified, FailedB, C, Broken, Unsigned(A), Signed(C));

        Assert.Equal((Outcome.Refreshed, C), (plan.Outcome(), plan.Images[0].Target));
    }

    [Fact]
    public void A_repair_and_a_refresh_each_have_their_own_evidence()
    {
        var changed = Workload((Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{A}")).WithEnv($"{C}");

        Assert.Equal(B, PlanOf.One(Verified, changed, B).Images[0].Unjudged);
        Assert.Equal(A, PlanOf.Judged(Verified, changed, B, null, Unsigned(B)).Images[0].Unjudged);
        Assert.Equal(A, PlanOf.Judged(Verified, changed, B, null, Unsigned(B), Signed(C)).Images[0].Unjudged);
        var repaired = PlanOf.Judged(Verified, changed, B, null, Unsigned(B), Signed(A));
        Assert.Equal((Outcome.Repaired, A), (repaired.Outcome(), repaired.Images[0].Target));
    }

    [Theory]
    [InlineData("setEnv", false)]
    [InlineData("setEnv", true)]
    [InlineData("setImage", false)]
    [InlineData("setImage", true)]
    public void With_verify_the_tag_never_stands(string action, bool isRecorded)
    {
        var image = (action == "setEnv" ? EnvSet("web") : ImageSet()) with { Gates = Verified.Gates };
        // As a restart left it, or a version before this.
        var workload = isRecorded ? Workload((Settled("web"), $"{A}"), (Applied("web"), $"{A}")) : Workload();

        var unjudged = PlanOf.One(image, workload, A);

        Assert.Equal((A, false), (unjudged.Images[0].Unjudged, unjudged.Rolls));
        Assert.True(unjudged.Edit.IsEmpty);
        var unsigned = PlanOf.Judged(image, workload, A, null, Unsigned(A));
        Assert.Equal((Outcome.Untrusted, false), (unsigned.Outcome(), unsigned.Rolls));
        var signed = PlanOf.Judged(image, workload, A, null, Signed(A));
        Assert.Equal(isRecorded ? Outcome.Repaired : Outcome.Refreshed, signed.Outcome());
        var edit = Assert.Single(signed.Edit.Containers);
        Assert.Equal(action == "setEnv" ? $"{A}" : $"registry.example.com/web@{A}", edit.Variable?.Value ?? edit.Image);
        Assert.Equal(
            (isRecorded ? "its tag was in place; held to " : "first sight: held to ") + $"{A.Short()}; signed by ann",
            signed.Images[0].Message);
    }

    [Fact]
    public void A_first_rollout_that_fails_is_tried_again_and_given_up()
    {
        var image = ImageSet() with { Gates = Verified.Gates };
        Workload Failed(int attempts, params (string, string)[] more) => Workload(
                [(Applied("web"), $"{A}"), (Attempts("web"), $"{attempts}"), (AppliedTo("web"), "web"), .. more])
            .Change("web", web => web with { Image = image.Image.At(A) });

        var again = PlanOf.Judged(image, Failed(1), A, Broken, Signed(A));
        Assert.Equal((Outcome.Retried, A), (again.Outcome(), again.Images[0].Target));
        Assert.Equal(Outcome.GaveUp, PlanOf.Judged(image, Failed(3), A, Broken, Signed(A)).Outcome());
        var newer = PlanOf.Judged(image, Failed(3, (GaveUp("web"), $"{A}")), B, Broken, Signed(B));
        Assert.Equal(B, newer.Images[0].Target);
        Assert.Equal(Outcome.Settled, PlanOf.Judged(image, Failed(1), A, null, Signed(A)).Outcome());
    }

    [Fact]
    public void Where_the_tag_stands_the_settled_digest_is_set_while_an_unsigned_one_is_served()
    {
        var image = ImageSet() with { Gates = Verified.Gates };
        var workload = Workload((Settled("web"), $"{A}"));

        Assert.Equal(A, PlanOf.Judged(image, workload, B, null, Unsigned(B)).Images[0].Unjudged);
        Assert.Equal(A, PlanOf.Judged(image, workload, B, null, Unsigned(B), Signed(A)).Images[0].Target);
        var neither = PlanOf.Judged(image, workload, B, null, (B, new() { Signature = new(false, "B") }), Unsigned(A));
        Assert.Equal((Outcome.Untrusted, "not applied: B"), (neither.Outcome(), neither.Images[0].Message));
    }

    [Fact]
    public void No_forged_pin_puts_a_tag_into_another_container()
    {
        var image = ImageSet() with { Gates = Verified.Gates };
        var workload = Workload((Settled("web"), $"{A}"), (Applied("web"), $"{A}"), (PinnedFrom("web"), "api"))
            .Change("web", web => web with { Image = image.Image.At(A) })
            .Change("api", api => api with { Image = image.Image.At(A) });

        var plan = PlanOf.Judged(image, workload, B, null, Signed(B));

        Assert.Equal((Outcome.Misconfigured, false), (plan.Outcome(), plan.Rolls));
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void Evidence_that_a_registry_does_not_hand_out_is_counted_and_its_limit_kept()
    {
        var seen = Seen(Workload((Settled("ingestor"), $"{A}")).WithEnv($"{A}"), RolloutStatus.Settled, Verified);
        var limited = new Fetched<Evidence>
        {
            Verdict = Verdict.Limited,
            Message = "ghcr.io refused",
            RetryAt = Now.AddHours(1),
        };

        var plan = Planner.Plan(
            seen with { Evidence = EvidenceBook.Empty.With(Verified, B, limited) },
            [new(Verified, Ok(B))],
            Policy,
            Now);

        Assert.Equal((Outcome.Unresolved, B), (plan.Outcome(), plan.Images[0].Latest));
        Assert.Equal("1", plan.Annotation(Failures("ingestor")));
        Assert.Equal($"{Time(Now.AddHours(1))} ghcr.io", plan.Annotation(NotBefore("ingestor")));
    }

    [Fact]
    public void A_registry_that_knows_nothing_of_the_settled_digest_does_not_hide_that_the_latest_is_unsigned()
    {
        var changed = Workload((Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{A}")).WithEnv($"{C}");
        var seen = Seen(changed, RolloutStatus.Settled, Verified).Judged(Verified, Unsigned(B));
        var away = new Fetched<Evidence> { Verdict = Verdict.Transient, Message = "ghcr.io is away" };

        var plan = Planner.Plan(
            seen with { Evidence = seen.Evidence.With(Verified, A, away) }, [new(Verified, Ok(B))], Policy, Now);

        Assert.Equal(Outcome.Untrusted, plan.Outcome());
    }
}
