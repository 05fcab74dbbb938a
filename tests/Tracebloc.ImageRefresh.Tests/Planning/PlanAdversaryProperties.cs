using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>
/// An adversary writes any annotation before every tick. It sets no image but the configuration's, no container but the
/// image's own, and with <c>verify</c> no digest but A, the one that is signed.
/// </summary>
public sealed class PlanAdversaryProperties
{
    private const string Backdoor = "docker.io/attacker/backdoor";

    private static readonly string[] Digests = [$"{A}", $"{B}", $"{C}"];
    private static readonly string[] Counts = ["0", "1", "2", "3"];
    private static readonly string[] Times = [Time(Now.AddMinutes(-15)), Time(Now.AddDays(-9)), Time(Now.AddYears(9))];
    private static readonly string[] Texts = ["crashed", "api", "web", "api/INGESTOR_IMAGE_DIGEST", Backdoor];

    private static readonly (Func<string, string> Key, string[] Values)[] Notes =
    [
        (Settled, Digests), (Applied, Digests), (AppliedAt, Times), (AppliedTo, Texts), (Attempts, Counts),
        (FailedAttempts, Counts), (GaveUp, Digests), (Failures, Counts), (Error, Texts),
        (NotBefore, [.. Times.Select(time => $"{time} docker.io")]), (RefreshAnnotations.Seen, Digests),
        (SeenAt, Times), (SoakingSince, Times), (Skipped, Digests), (SkippedFor, Texts), (Good, Digests),
        (Quarantine, [.. Digests.Select(QuarantineOf)]),
        (PinnedFrom, ["api", "web", $"api={Backdoor}:latest", $"web={Backdoor}@{B}", "gone"]),
        (Undone, [$"1 {A}", $"9 {B}", "1 -"]), (Refused, [$"{B} 3 {Time(Now.AddHours(1))}"]), (_ => SkipStreak, Counts),
    ];

    private static readonly string[] Images =
    [
        "docker.io/tracebloc/jobs-manager:prod", $"docker.io/tracebloc/jobs-manager@{A}",
        $"docker.io/tracebloc/jobs-manager@{B}", "registry.example.com/web:stable", $"registry.example.com/web@{A}",
        $"registry.example.com/web@{B}", $"registry.example.com/sidecar@{C}",
    ];

    public static TheoryData<string, OnFailure, bool> Worlds => new MatrixTheoryData<string, OnFailure, bool>(
        ["restart", "setEnv", "setImage"], [OnFailure.Keep, OnFailure.Rollback], [false, true]);

    [Theory]
    [MemberData(nameof(Worlds))]
    public void No_annotation_sets_another_image_or_with_verify_an_unsigned_digest(
        string action, OnFailure onFailure, bool verifies)
    {
        var image = Image(action, onFailure, verifies);
        var edits = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Histories().ToArbitrary(),
                history =>
                {
                    var workload = history.Before;
                    foreach (var tick in history.Ticks)
                    {
                        workload = workload with
                        {
                            Metadata = Workload([.. tick.Notes.Select(n => (n.Key(image.Name), n.Value))]).Metadata,
                        };
                        var plan = Plan(image, workload, tick);
                        Assert.All(plan.Edit.Containers, edit => AssertAllowed(image, edit, workload));
                        edits += plan.Edit.Containers.Count;
                        workload = ModelCluster.Apply(workload, plan.Edit);
                    }
                }));
        // A world in which nothing is ever set would prove nothing.
        Assert.True(edits > 0, $"{edits} edits");
    }

    private static WorkloadPlan Plan(TrackedImage image, Workload workload, Tick tick)
    {
        var seen = Seen(workload, tick.Rollout, image).Judged(
            image, [Of(A, isSigned: true), Of(B, isSigned: false), Of(C, isSigned: false)]);
        return Planner.Plan(
            seen, [new ImageLookup(image, tick.Latest is { } latest ? Ok(latest) : Away())], Policy, Now);
    }

    private static void AssertAllowed(TrackedImage image, ContainerEdit edit, Workload workload)
    {
        string[] digests = image.Gates.Verify is null ? Digests : [$"{A}"];
        if (edit.Variable is { } variable)
        {
            var expected = Assert.IsType<RefreshAction.SetEnv>(image.Action);
            Assert.Equal((expected.Container, expected.Variable), (edit.Container, variable.Key));
            Assert.Contains(variable.Value, digests.AsEnumerable());
            return;
        }
        // A tag follows a pin only, and stands nowhere where it has to be verified.
        var before = workload.Find(edit.Container)?.Image ?? "";
        var isOwn = image.Action == new RefreshAction.SetImage(edit.Container)
            || image.Action == new RefreshAction.Restart(edit.Container)
            || before.StartsWith($"{image.Image.Repository}@", StringComparison.Ordinal);
        Assert.True(isOwn, $"{edit.Container} is not of {image.Action}");
        if (edit.Image == $"{image.Image}")
            Assert.False(image.HoldsDigest);
        else
            Assert.Contains(edit.Image, digests.Select(digest => $"{image.Image.Repository}@{digest}"));
    }

    private static Gen<History> Histories() =>
        from api in Gen.OneOf(Gen.Elements(Images[..3]), Gen.Elements(Images))
        from web in Gen.Elements(Images)
        from variable in Gen.Elements<string?>(null, $"{A}", $"{B}", "text")
        from ticks in Gen.ArrayOf(Ticks(), 3)
        select new History(
            Workload()
                .WithEnv(variable)
                .Change("api", container => container with { Image = api })
                .Change("web", container => container with { Image = web })
                .WithRestartMark(Now.AddMinutes(-15)),
            ticks);

    private static Gen<Tick> Ticks() =>
        from notes in Gen.SubListOf(Notes)
        from values in Gen.ArrayOf(Gen.Choose(0, 99), Notes.Length)
        from latest in Gen.Elements<Digest?>(A, B, C, null)
        from rollout in Gen.Elements(
            RolloutStatus.Settled, RolloutStatus.Failed("crashed"), RolloutStatus.Progressing("0 of 1"))
        select new Tick(
            [.. notes.Select((note, n) => (note.Key, note.Values[values[n] % note.Values.Length]))], latest, rollout);

    private static TrackedImage Image(string action, OnFailure onFailure, bool verifies)
    {
        var image = action switch
        {
            "setEnv" => EnvSet() with { Image = Restarted().Image },
            "setImage" => ImageSet(),
            _ => Restarted(),
        };
        return (onFailure == OnFailure.Rollback ? image.RollingBack() : image) with
        {
            Gates = new()
            {
                Verify = verifies ? new() { KeyFile = "cosign.pub", Advisory = action == "restart" } : null,
            },
        };
    }

    private static (Digest, Evidence) Of(Digest digest, bool isSigned) =>
        (digest, new() { Signature = new(isSigned, "signature") });

    private static string QuarantineOf(string digest) =>
        QuarantineJson.Write(new(new QuarantineEntry(Digest.Parse(digest), Now.AddMinutes(-15), "forged"))) ?? "";

    private sealed record History(Workload Before, IReadOnlyList<Tick> Ticks);

    private sealed record Tick(
        IReadOnlyList<(Func<string, string> Key, string Value)> Notes, Digest? Latest, RolloutStatus Rollout);
}
