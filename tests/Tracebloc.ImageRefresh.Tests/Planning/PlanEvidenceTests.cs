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

    [Theory]
    [InlineData("soak")]
    [InlineData("window")]
    [InlineData("signature")]
    [InlineData("the registry")]
    public void A_newer_digest_that_does_not_follow_hides_no_refused_rollback(string why)
    {
        var gates = Verified.Gates with { MinAge = why == "soak" ? TimeSpan.FromHours(6) : null };
        // It is a Sunday.
        Assert.True(RefreshWindowParser.TryParse("Sat 00:00-24:00 UTC", out var window, out _));
        var image = Verified with { Gates = why == "window" ? gates with { Windows = [window] } : gates };
        var seen = Seen(FailedB, Broken, image).Judged(image, Unsigned(A));
        seen = why switch
        {
            "signature" => seen.Judged(image, Unsigned(C)),
            "the registry" => seen with
            {
                Evidence = seen.Evidence.With(image, C, new() { Verdict = Verdict.Transient, Message = "away" }),
            },
            _ => seen.Judged(image, Signed(C)),
        };

        var plan = Planner.Plan(seen, [new(image, Ok(C))], Policy, Now);

        var stays = Assert.Single(plan.Images);
        Assert.Equal((Outcome.RolloutFailed, false), (stays.Outcome, plan.Rolls));
        Assert.Equal(
            $"crashed; {B.Short()} stays: going back to {A.Short()} is not allowed: not applied: unsigned",
            stays.Message);
        Assert.Equal(why == "soak" ? C : null, stays.After.Seen);
        Assert.Equal(
            why == "signature" ? [C, A] : [A], stays.After.Refusals.Entries.Select(entry => entry.Digest));
        Assert.Equal(why == "the registry" ? 1 : 0, stays.After.Failures);
    }

    [Fact]
    public void Evidence_of_a_newer_digest_is_fetched_where_there_is_no_way_back()
    {
        var plan = PlanOf.Judged(Verified, FailedB, C, Broken, Unsigned(A));

        Assert.Equal((Outcome.RolloutFailed, C), (plan.Outcome(), plan.Images[0].Unjudged));
    }

    [Fact]
    public void A_registry_that_gives_no_evidence_of_the_way_back_is_counted_beside_a_newer_digest()
    {
        var image = Verified with { Gates = Verified.Gates with { MinAge = TimeSpan.FromHours(6) } };
        var seen = Seen(FailedB, Broken, image);
        var away = new Fetched<Evidence> { Verdict = Verdict.Limited, Message = "away", RetryAt = Now.AddHours(1) };

        var plan = Planner.Plan(
            seen with { Evidence = seen.Evidence.With(image, A, away) }, [new(image, Ok(C))], Policy, Now);

        Assert.Equal((Outcome.RolloutFailed, 1), (plan.Outcome(), plan.Images[0].After.Failures));
        Assert.Equal(Now.AddHours(1), plan.Images[0].After.NotBefore?.Until);
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
    public void An_undecided_digest_is_counted_and_noted_and_the_settled_one_set_where_it_is_signed()
    {
        var image = ImageSet() with { Gates = Verified.Gates };
        var workload = Workload((Settled("web"), $"{A}"));
        (Digest, Evidence) Undecided(Digest digest) =>
            (digest, new() { Signature = new(false, "no verdict: too many") { IsUndecided = true } });

        var neither = PlanOf.Judged(image, workload, B, null, Undecided(B), Unsigned(A));

        var kept = Assert.Single(neither.Images);
        Assert.Equal(
            (Outcome.Unresolved, "not applied: no verdict: too many (1 ticks in a row, tolerated below 3)", 1),
            (kept.Outcome, kept.Message, kept.After.Failures));
        Assert.Equal([A, B], kept.After.Refusals.Entries.Select(entry => entry.Digest));
        var mended = PlanOf.Judged(image, workload, B, null, Undecided(B), Signed(A));
        Assert.Equal((A, B), (mended.Images[0].Target, mended.Images[0].After.Refusals.Entries[0].Digest));
        var back = PlanOf.Judged(Verified, FailedB, B, Broken, Undecided(A));
        Assert.Equal(
            (Outcome.RolloutFailed, 1, A),
            (back.Outcome(), back.Images[0].After.Failures, back.Images[0].After.Refusals.Entries[0].Digest));
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
