using Tracebloc.Database;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Following;

/// <summary>
/// A process that ends at any call it makes, to the API server or to the database, before the call is carried out or
/// after it: the next one brings the run to the same end, with one Job, one row and each Event once.
/// </summary>
public sealed class RunCrashTests
{
    /// <summary>More than any run here makes; a test ends with the first call that is not reached.</summary>
    private const int MostCalls = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Sides => [false, true];

    [Theory]
    [MemberData(nameof(Sides))]
    public Task A_run_that_succeeds_is_made_and_ended_once(bool after) => AtEachCallAsync(
        after, async (scene, run, process) =>
        {
            await process();
            scene.EndPod(0, new RunEnd { Summary = "{}" }.Json());
            await process();
            Assert.Equal(RunState.Succeeded, (await scene.RowAsync(run, Token)).State);
            Assert.Equal([run.JobName], Jobs(scene));
        });

    [Theory]
    [MemberData(nameof(Sides))]
    public Task A_run_that_dies_is_undone_once(bool after) => AtEachCallAsync(
        after, async (scene, run, process) =>
        {
            await process();
            for (var attempt = 0; attempt < 4; attempt++) scene.EndPod(137);
            await process();
            // The pod of the removal starts where all that it waits for is there.
            Assert.Equal([run.JobName, run.UndoJobName], Jobs(scene));
            // A process that ended while it replaced the Secret is followed by one that makes it.
            if (scene.Api.List("secrets").Count < 2) await process();
            Assert.Equal(2, scene.Api.List("secrets").Count);
            Assert.Equal(2, scene.Api.List("configmaps").Count);
            scene.EndPod(0, job: run.UndoJobName);
            await process();
            var ended = await scene.RowAsync(run, Token);
            Assert.Equal((RunState.Failed, UndoState.Done), (ended.State, ended.Undo));
        });

    [Theory]
    [MemberData(nameof(Sides))]
    public Task A_run_that_is_cancelled_loses_its_Job_and_is_undone(bool after) => AtEachCallAsync(
        after, async (scene, run, process) =>
        {
            await process();
            var made = await scene.RowAsync(run, Token);
            Assert.True(await scene.Table.UncutAsync(
                () => scene.Store.TryChangeAsync(made, RunChanges.Cancelled(made, Some.Time), Token)));
            await process();
            Assert.Equal([run.UndoJobName], Jobs(scene));
            scene.EndPod(0, job: run.UndoJobName);
            await process();
            var ended = await scene.RowAsync(run, Token);
            Assert.Equal((RunState.Cancelled, UndoState.Done), (ended.State, ended.Undo));
        });

    [Theory]
    [MemberData(nameof(Sides))]
    public Task A_run_that_is_purged_leaves_nothing(bool after) => AtEachCallAsync(
        after, async (scene, run, process) =>
        {
            await process();
            scene.EndPod(0);
            await process();
            scene.Limits = new(0, TimeSpan.FromDays(1));
            scene.Time.Advance(RunPurge.LeastAge + TimeSpan.FromSeconds(1));
            await process();
            Assert.Equal(0, scene.Table.Count);
            Assert.All(["jobs", "pods", "configmaps", "secrets"], kind => Assert.Empty(scene.Api.List(kind)));
        });

    private static async Task AtEachCallAsync(bool after, Func<RunScene, IngestionRun, Func<Task>, Task> story)
    {
        foreach (var isOfDatabase in (bool[])[false, true])
        {
            var cut = 0;
            while (await CutAsync(cut + 1, after, isOfDatabase, story))
                Assert.True(++cut < MostCalls, "the run never ended");
            Assert.True(cut >= 5, $"only {cut} calls were cut");
        }
    }

    /// <returns>False where the story was over before that call.</returns>
    private static async Task<bool> CutAsync(
        int number, bool after, bool isOfDatabase, Func<RunScene, IngestionRun, Func<Task>, Task> story)
    {
        await using var scene = new RunScene();
        await scene.StartAsync(Token);
        var run = await scene.AddAsync(Some.Run(), Token);
        var wasCut = false;
        if (isOfDatabase)
        {
            scene.Table.CutAt = scene.Table.Statements + number;
            scene.Table.CutsAfter = after;
            scene.Table.OnCut = () => wasCut = true;
        }
        else
        {
            scene.Api.Fail(
                call => call.Number == number && (wasCut = true),
                after ? FakeFault.DropAfter : FakeFault.DropBefore);
        }

        await story(scene, run, () => ProcessAsync(scene));

        Assert.True(scene.News.Count == scene.News.Distinct().Count(), string.Join(", ", scene.News));
        return wasCut;
    }

    /// <summary>A process that lives until it fails, and one after it that looks at all runs twice, late.</summary>
    private static async Task ProcessAsync(RunScene scene)
    {
        for (var process = 0; process < 3; process++)
        {
            using var follower = scene.NewFollower();
            try
            {
                await follower.ResyncAsync(Token);
            }
            catch (Exception cut) when (cut is KubernetesException or DatabaseException)
            {
                // The next process begins where this one was cut off.
            }

            scene.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static IEnumerable<string> Jobs(RunScene scene) =>
        scene.Api.List("jobs").Select(job => (string?)job["metadata"]?["name"] ?? "");
}
