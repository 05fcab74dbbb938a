using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// The published program is killed at its calls to the database, the volume and the backend. MySQL loads by LOAD DATA
/// LOCAL and MariaDB by INSERT. Restarts on MySQL are of all calls; the other sweeps take each seventh point: the whole
/// of them would be 15 minutes.
/// </summary>
[Collection(RealDatabases.Collection)]
public sealed class KillTests(RealDatabases databases)
{
    private const int Seventh = 7;

    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public Task A_run_that_is_killed_at_any_call_and_started_again_is_whole(ServerKind kind, KillPlace place) =>
        SweepAsync(kind, place, kind == ServerKind.MySql ? 1 : Seventh, scene => scene.RestartAsync());

    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public async Task A_run_that_is_killed_at_any_call_is_taken_back_by_another_one(ServerKind kind, KillPlace place)
    {
        var left = 0;
        await SweepAsync(kind, place, StepOf(place), async scene =>
        {
            if (await scene.RunOtherAsync()) Interlocked.Increment(ref left);
        });
        Assert.True(left > 0 || place != KillPlace.Backend, "no data set was left");
    }

    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public Task Nothing_is_left_of_a_run_that_is_killed_at_any_call_and_undone(ServerKind kind, KillPlace place) =>
        SweepAsync(kind, place, StepOf(place), scene => scene.UndoAsync());

    // The backend's calls are few.
    private static int StepOf(KillPlace place) => place == KillPlace.Backend ? 1 : Seventh;

    private Task SweepAsync(ServerKind kind, KillPlace place, int step, Func<KillScene, Task> finish) =>
        KillPoint.SweepAsync(
            databases[kind],
            async () =>
            {
                var calls = await KillScene.CountAsync(databases[kind], place);
                Assert.True(calls >= LeastCalls(place), $"{calls} calls to the {place}");
                TestContext.Current.SendDiagnosticMessage($"{kind}: {calls} calls to the {place}");
                return [.. KillPoint.Of(place, calls).Where((_, index) => index % step == 0)];
            },
            async point =>
            {
                await using var scene = await KillScene.StartAsync(databases[kind]);
                var isKilled = await scene.Attempt.KillAsync(point);
                await finish(scene);
                return isKilled;
            });

    // The loops must have something to look at.
    private static int LeastCalls(KillPlace place) => place switch
    {
        KillPlace.Database => 80,
        KillPlace.Volume => 30,
        _ => 6,
    };
}
