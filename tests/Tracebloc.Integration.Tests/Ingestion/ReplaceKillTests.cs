using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A run that replaces a data set is killed at its calls to the database, the volume and the backend: in the end the
/// former data set is there, or the new one, and never a part of each. The sweeps take a part of the points.
/// </summary>
[Collection(RealDatabases.Collection)]
public sealed class ReplaceKillTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ServerKind, KillPlace> Places => new(
        from kind in Enum.GetValues<ServerKind>()
        from place in Enum.GetValues<KillPlace>()
        select (kind, place));

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_run_that_is_killed_at_any_call_and_started_again_replaces_the_data_set(
        ServerKind kind, KillPlace place) => SweepAsync(kind, place, scene => scene.RestartAsync());

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_run_that_is_killed_at_any_call_is_finished_or_taken_back_by_another_one(
        ServerKind kind, KillPlace place) => SweepAsync(kind, place, scene => scene.RunOtherAsync());

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_run_that_is_killed_at_any_call_and_undone_leaves_the_former_data_set_or_the_new_one(
        ServerKind kind, KillPlace place) => SweepAsync(kind, place, scene => scene.UndoAsync());

    private async Task SweepAsync(ServerKind kind, KillPlace place, Func<ReplaceScene, Task> finish)
    {
        var database = databases[kind];
        await database.AllowLocalInfileAsync(kind == ServerKind.MySql, Token);
        try
        {
            var calls = await ReplaceScene.CountAsync(database, place);
            var points = KillPoint.Of(place, calls).Where((_, index) => index % StepOf(place) == 0).ToList();
            Assert.True(points.Count >= 8, $"{calls} calls to the {place}");
            await KillPoint.SweepAsync(points, async point =>
            {
                await using var scene = await ReplaceScene.StartAsync(database);
                await scene.KillAsync(point);
                await finish(scene);
            });
        }
        finally
        {
            await database.AllowLocalInfileAsync(false, CancellationToken.None);
        }
    }

    private static int StepOf(KillPlace place) => place switch
    {
        KillPlace.Database => 11,
        KillPlace.Volume => 3,
        _ => 1,
    };
}
