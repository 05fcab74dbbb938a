using Tracebloc.Cli.Staging;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Staging;

/// <summary>The pods are made an age ago by the fake's clock; the server's own time is the real one.</summary>
public sealed class StageOrphansTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Running", 0, false, false)]
    [InlineData("Running", 600, false, false)]
    [InlineData("Unknown", 600, false, false)]
    [InlineData("Pending", 3, false, false)]
    [InlineData("Pending", 30, true, false)]
    [InlineData("Pending", 61, true, true)]
    [InlineData("Succeeded", 3, true, false)]
    [InlineData("Failed", 59, true, false)]
    [InlineData("Failed", 61, true, true)]
    public async Task A_pod_that_does_not_run_is_named_and_after_an_hour_removed(
        string phase, int minutes, bool isNamed, bool isRemoved)
    {
        await using var scene = await SceneAsync(minutes);
        scene.Api.Add(StagePodTests.StagedPod("tracebloc-stage-cats-1", phase));

        var orphans = await SweepAsync(scene);

        Assert.Equal(isNamed ? [("tracebloc-stage-cats-1", phase, isRemoved)] : [],
            orphans.Select(orphan => (orphan.Name, orphan.Phase, orphan.IsRemoved)));
        Assert.Equal(isRemoved ? [] : ["tracebloc-stage-cats-1"], StagePodTests.Staged(scene));
    }

    [Fact]
    public async Task Other_pods_are_left_alone()
    {
        await using var scene = await SceneAsync(minutes: 600);
        var other = StagePodTests.StagedPod("other", "Failed");
        other["metadata"]!["labels"]!["app.kubernetes.io/managed-by"] = "another";
        scene.Api.Add(other);

        Assert.Empty(await SweepAsync(scene));
        Assert.NotNull(scene.Api.Find("pod/other"));
    }

    [Fact]
    public async Task A_wrong_clock_here_makes_no_orphan()
    {
        await using var scene = await SceneAsync(minutes: 0);
        scene.Time = new ManualTimeProvider(DateTimeOffset.MaxValue.AddDays(-1));
        scene.Api.Add(StagePodTests.StagedPod("tracebloc-stage-cats-1", "Pending"));

        Assert.Empty(await SweepAsync(scene));
    }

    private static Task<Scene> SceneAsync(int minutes) => Scene.StartAsync(Cancelled, new FakeKubernetesApiOptions
    {
        Version = FakeServerVersion.Current,
        Time = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes)),
    });

    private static Task<IReadOnlyList<StageOrphan>> SweepAsync(Scene scene) =>
        new StageOrphans(scene.Open(), Scene.Namespace, new StageDeadlines()).SweepAsync(Cancelled);
}
