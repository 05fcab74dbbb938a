using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

public sealed class SignatureTests
{
    private static readonly (string, string) SettledOnA = (Settled("ingestor"), A.ToString());
    private static readonly TrackedImage Verified = EnvSet() with
    {
        Gates = new() { Verify = new() { KeyFile = "cosign.pub" } },
    };

    private static Workload OnA => Workload(SettledOnA, (Applied("ingestor"), A.ToString())).WithEnv(A.ToString());

    [Fact]
    public void A_digest_goes_no_further_than_what_is_known_of_its_signature()
    {
        var plan = PlanOf.One(Verified, OnA, B);

        var image = Assert.Single(plan.Images);
        Assert.Equal((Outcome.Held, B), (image.Outcome, image.Unjudged));
        Assert.True(plan.Edit.IsEmpty);
    }

    [Fact]
    public void What_is_signed_is_rolled_out_and_says_by_whom()
    {
        var image = Judged(OnA, B, B, new(true, "signed by ann"));

        Assert.Equal((Outcome.Refreshed, B), (image.Outcome, image.Target));
        Assert.EndsWith("; signed by ann", image.Message);
    }

    [Fact]
    public void What_is_not_signed_is_not_rolled_out()
    {
        var image = Judged(OnA, B, B, new(false, "there is no signature"));

        Assert.Equal((Outcome.Untrusted, null), (image.Outcome, image.Target));
        Assert.Equal("not applied: there is no signature", image.Message);
    }

    [Fact]
    public void A_signature_of_another_digest_says_nothing_of_this_one() =>
        Assert.Equal(B, Judged(OnA, B, A, new(true, "signed by ann")).Unjudged);

    [Fact]
    public void A_settled_digest_that_is_set_again_has_to_be_signed_too()
    {
        var reverted = Workload(SettledOnA, (Applied("ingestor"), A.ToString())).WithEnv(B.ToString());

        Assert.Equal(A, Assert.Single(PlanOf.One(Verified, reverted, A).Images).Unjudged);
        Assert.Equal(
            Outcome.Untrusted, Judged(reverted, A, A, new(false, "there is no signature")).Outcome);
    }

    [Theory]
    [InlineData(89, 0, null)]
    [InlineData(91, 0, "not applied: signed 2025-11-30, older than 90d")]
    [InlineData(null, 89, null)]
    [InlineData(null, 91, "not applied: created 2025-11-30, older than 90d")]
    [InlineData(91, 1, "not applied: signed 2025-11-30, older than 90d")]
    [InlineData(null, null, "not applied: no log proves when it was signed, and its configuration has no time; "
        + "notOlderThan needs one of them")]
    public void An_older_signature_is_refused(int? signed, int? created, string? refusal)
    {
        var image = Verified with { Gates = new() { Verify = new() { NotOlderThan = TimeSpan.FromDays(90) } } };
        var signature = new SignatureEvidence(true, "signed by ann")
        {
            SignedAt = signed is { } days ? Now.AddDays(-days) : null,
            CreatedAt = created is { } age ? Now.AddDays(-age) : null,
        };

        var plan = PlanOf.Judged(image, OnA, B, null, (B, new() { Signature = signature }));

        var judged = Assert.Single(plan.Images);
        Assert.Equal(refusal is null ? Outcome.Refreshed : Outcome.Untrusted, judged.Outcome);
        Assert.Equal(refusal ?? judged.Message, judged.Message);
    }

    private static ImagePlan Judged(Workload workload, Digest latest, Digest signed, SignatureEvidence signature) =>
        Assert.Single(PlanOf
            .Judged(Verified, workload, latest, null, (signed, new() { Signature = signature })).Images);
}
