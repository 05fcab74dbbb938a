using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Records.RefreshAnnotations;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>A pin's container and the image after it, when another has written the annotation.</summary>
public sealed class PlanPinTests
{
    private const string Backdoor = "docker.io/attacker/backdoor:latest";

    [Theory]
    [InlineData("api")]
    [InlineData($"api={Backdoor}")]
    [InlineData("api=docker.io/tracebloc/jobs-manager:prod")]
    public void The_image_after_a_pin_is_the_configurations_whatever_the_annotation_says(string pinnedFrom)
    {
        var forged = Workload(
            (Settled("jobs-manager"), $"{B}"), (PinnedFrom("jobs-manager"), "api=x"),
            (Quarantine("jobs-manager"), QuarantineJson.Write(new(new QuarantineEntry(A, Now, "forged")))!));

        var first = PlanOf.One(Restarted(), forged, A);

        // With onFailure: keep, nothing but a rollback pins, and so no forged pin becomes one.
        Assert.Equal(Outcome.Quarantined, first.Outcome());
        Assert.Empty(first.Edit.Containers);
        var pinned = Workload((Settled("jobs-manager"), $"{B}"), (PinnedFrom("jobs-manager"), pinnedFrom))
            .Change("api", api => api with { Image = $"docker.io/tracebloc/jobs-manager@{B}" });

        var second = PlanOf.One(Restarted(), pinned, A);

        var edit = Assert.Single(second.Edit.Containers);
        Assert.Equal(("api", "docker.io/tracebloc/jobs-manager:prod"), (edit.Container, edit.Image));
        Assert.DoesNotContain("attacker", second.Images[0].Message);
    }

    [Theory]
    [InlineData($"web={Backdoor}")]
    [InlineData("web")]
    public void A_sidecar_that_is_pinned_by_an_operator_is_not_touched(string pinnedFrom)
    {
        var workload = Workload((Settled("jobs-manager"), $"{A}"), (PinnedFrom("jobs-manager"), pinnedFrom))
            .Change("web", web => web with { Image = $"registry.example.com/web@{C}" });

        foreach (var image in (TrackedImage[])[Restarted(), Restarted().RollingBack()])
        {
            var plan = PlanOf.One(image, workload, A);

            Assert.Equal(Outcome.Misconfigured, plan.Outcome());
            Assert.True(plan.Edit.IsEmpty);
        }
    }

    [Fact]
    public void A_record_of_an_earlier_version_is_unpinned_too()
    {
        var workload = Workload(
                (Settled("jobs-manager"), $"{A}"), (Applied("jobs-manager"), $"{A}"),
                (PinnedFrom("jobs-manager"), "api=tracebloc/jobs-manager:prod"))
            .Change("api", api => api with { Image = $"docker.io/tracebloc/jobs-manager@{A}" });

        Assert.True(PlanOf.One(Restarted().RollingBack(), workload, A).Rolls);
        var plan = PlanOf.One(Restarted().RollingBack(), workload, C);

        Assert.Equal("docker.io/tracebloc/jobs-manager:prod", Assert.Single(plan.Edit.Containers).Image);
        Assert.Null(plan.Annotation(PinnedFrom("jobs-manager")));
    }

    [Fact]
    public void A_rollout_of_a_time_to_come_is_not_waited_for()
    {
        var workload = Workload(
                (Settled("ingestor"), $"{A}"), (Applied("ingestor"), $"{B}"), (Attempts("ingestor"), "1"),
                (AppliedAt("ingestor"), "8999-01-01T00:00:00Z"), (SkipStreak, "3"))
            .WithEnv($"{B}");

        var plan = PlanOf.One(EnvSet(), workload, B, RolloutStatus.Progressing("0 of 1 new replicas are available"));

        Assert.Equal(Outcome.Retried, plan.Outcome());
    }
}
