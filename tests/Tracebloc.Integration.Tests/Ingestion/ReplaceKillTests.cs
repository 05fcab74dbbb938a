using System.Collections.Concurrent;
using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A run that replaces a data set is killed at its calls to the database, the volume and the backend: in the end the
/// former data set is there, or the new one, and never a part of each. The sweeps take a part of the points.
/// </summary>
[Collection(RealDatabases.Collection)]
public sealed class ReplaceKillTests(RealDatabases databases)
{
    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public Task A_run_that_is_killed_at_any_call_and_started_again_replaces_the_data_set(
        ServerKind kind, KillPlace place) => SweepAsync(kind, place, scene => scene.RestartAsync());

    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public async Task A_run_that_is_killed_at_any_call_is_finished_or_taken_back_by_another_one(
        ServerKind kind, KillPlace place)
    {
        var phases = new ConcurrentBag<string>();
        await SweepAsync(kind, place, async scene => phases.Add(await scene.RunOtherAsync()));
        Assert.Contains(phases, phase => phase is not (ReplaceScene.Swapping or ReplaceScene.Registered));
        TestContext.Current.SendDiagnosticMessage($"{kind} {place}: {string.Join(' ', phases.Order())}");
        // The backend is not called after the swap has begun.
        if (place != KillPlace.Backend) Assert.Contains(ReplaceScene.Swapping, phases);
    }

    [Theory]
    [MemberData(nameof(KillPoint.Places), MemberType = typeof(KillPoint))]
    public Task A_run_that_is_killed_at_any_call_and_undone_leaves_the_former_data_set_or_the_new_one(
        ServerKind kind, KillPlace place) => SweepAsync(kind, place, scene => scene.UndoAsync());

    private Task SweepAsync(ServerKind kind, KillPlace place, Func<ReplaceScene, Task> finish) => KillPoint.SweepAsync(
        databases[kind],
        async () =>
        {
            var calls = await ReplaceScene.CountAsync(databases[kind], place);
            var points = KillPoint.Of(place, calls).Where((_, index) => index % StepOf(place) == 0).ToList();
            Assert.True(points.Count >= 8, $"{calls} calls to the {place}");
            return points;
        },
        async point =>
        {
            await using var scene = await ReplaceScene.StartAsync(databases[kind]);
            var isKilled = await scene.Attempt.KillAsync(point);
            await finish(scene);
            return isKilled;
        });

    private static int StepOf(KillPlace place) => place switch
    {
        KillPlace.Database => 11,
        KillPlace.Volume => 3,
        _ => 1,
    };
}
