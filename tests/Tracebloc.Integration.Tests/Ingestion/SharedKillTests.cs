using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>One of three pods is killed at its calls to the database, and its Job starts it again.</summary>
[Collection(RealDatabases.Collection)]
public sealed class SharedKillTests(RealDatabases databases)
{
    private const int Pods = 3;

    public static TheoryData<ServerKind, int> KilledPods => new(
        from kind in Enum.GetValues<ServerKind>()
        from pod in new[] { 0, 1 }
        select (kind, pod));

    [Theory]
    [MemberData(nameof(KilledPods))]
    public async Task A_pod_that_is_killed_at_a_call_and_started_again_leaves_the_run_whole(ServerKind kind, int pod)
    {
        await using var model = await SharedScene.StartAsync(databases[kind], rows: 200);
        await KillPoint.SweepAsync(
            databases[kind],
            async () =>
            {
                (await model.Start(0, 1).Result).AssertExit(0);
                // Pod 0 makes about 300 calls, the first half of them while rows are validated; another one 30 to 100.
                return pod == 0
                    ? [.. KillPoint.Of(KillPlace.Database, 300).Where((_, index) => index % 58 == 11)]
                    : [.. KillPoint.Of(KillPlace.Database, 40).Where((_, index) => index % 9 == 5)];
            },
            point => KillAsync(kind, pod, point, model));
    }

    /// <returns>True where the pod was killed before it had ended.</returns>
    private async Task<bool> KillAsync(ServerKind kind, int pod, KillPoint point, SharedScene model)
    {
        await using var scene = await SharedScene.StartAsync(databases[kind], rows: 200);
        // Pod 0 makes the table; a slow one leaves parts to the others.
        if (pod != 0)
        {
            await scene.TakeTableAsync(model);
            await scene.SlowDownAsync();
        }

        var (counter, started) = (new CallCounter(), new TaskCompletionSource<ChildProgram>());
        point.Arm(counter, started.Task);
        var (proxy, address) = await scene.Run.ProxyAsync(counter, TestContext.Current.CancellationToken);
        await using var closed = proxy;
        var child = scene.Start(pod, Pods, address);
        started.SetResult(child);
        ChildProgram[] others =
            [.. Enumerable.Range(0, Pods).Where(each => each != pod).Select(each => scene.Start(each, Pods))];
        var result = await child.Result;
        counter.Reset();
        if (result.ExitCode == KilledRun.Killed) (await scene.Start(pod, Pods, address).Result).AssertExit(0);
        else result.AssertExit(0);
        Assert.All(await Task.WhenAll(others.Select(other => other.Result)), other => other.AssertExit(0));
        await scene.AssertWholeAsync(rows: 200);
        return result.ExitCode == KilledRun.Killed;
    }
}
