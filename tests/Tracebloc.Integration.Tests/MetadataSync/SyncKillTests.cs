using System.Collections.Concurrent;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>
/// The program is killed at its calls to the database and to the API server while a user creates, changes, marks and
/// deletes objects. Another one, which is started then, leaves the rows as they are to be. The sweeps take a part of
/// the points.
/// </summary>
[Collection(RealDatabases.Collection)]
public sealed class SyncKillTests(RealCluster cluster, RealDatabases databases) : IClassFixture<RealCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServerKind.MySql, KillPlace.Database, 23)]
    [InlineData(ServerKind.MySql, KillPlace.ApiServer, 3)]
    [InlineData(ServerKind.MariaDb, KillPlace.Database, 23)]
    [InlineData(ServerKind.MariaDb, KillPlace.ApiServer, 3)]
    public async Task Killed_at_any_call_and_started_again_it_leaves_the_rows_of_the_model(
        ServerKind kind, KillPlace place, int step)
    {
        var scenes = new ConcurrentBag<SyncScene>();
        try
        {
            await KillPoint.SweepAsync(
                databases[kind],
                async () =>
                {
                    var calls = await RunAsync(scenes, kind, KillPoint.Never(place));
                    Assert.True(calls.Count >= 15, $"{calls.Count} calls to the {place}");
                    return [.. calls.SelectMany(call => PointsOf(call, place)).Where((_, at) => at % step == 0)];
                },
                async point => await RunAsync(scenes, kind, point) is []);
        }
        finally
        {
            foreach (var scene in scenes) await scene.DisposeAsync();
        }
    }

    private static IEnumerable<KillPoint> PointsOf(ProxiedCall call, KillPlace place) =>
        [new KillPoint(place, call.Number, IsAfter: false), new KillPoint(place, call.Number, IsAfter: true)];

    /// <returns>The calls of a program that was not killed; none where it was.</returns>
    private async Task<IReadOnlyList<ProxiedCall>> RunAsync(
        ConcurrentBag<SyncScene> scenes, ServerKind kind, KillPoint point)
    {
        if (!scenes.TryTake(out var scene))
            scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: false, Token);
        try
        {
            await scene.ClearAsync(Token);
            var (started, restart) = (new TaskCompletionSource<SyncReplica>(), (Task?)null);
            point.Arm(
                point.Place == KillPlace.Database ? scene.DatabaseCalls : scene.ApiCalls,
                async () =>
                {
                    await scene.KillAsync(await started.Task);
                    restart = RestartAsync(scene);
                });
            started.SetResult(scene.Start("first"));
            await PlayAsync(new GadgetLives(scene));
            if (restart is not null) await restart;
            return restart is null ? CallsOf(scene, point.Place) : [];
        }
        finally
        {
            scenes.Add(scene);
        }
    }

    private static async Task RestartAsync(SyncScene scene)
    {
        await scene.DropLeaseAsync(Token);
        scene.Start("second");
    }

    // The look at the tables of each kind is the same for all, and the platform's have none here.
    private static IReadOnlyList<ProxiedCall> CallsOf(SyncScene scene, KillPlace place) =>
    [
        .. (place == KillPlace.Database ? scene.Database.Calls : scene.Api.Calls).Where(
            call => !call.Target.Contains("information_schema", StringComparison.OrdinalIgnoreCase)),
    ];

    private static async Task PlayAsync(GadgetLives lives)
    {
        foreach (var name in (string[])["changed", "deleted", "marked", "done"])
            await lives.CreateAsync(name, isHeld: false, Token);
        foreach (var name in (string[])["done-held", "deleted-held"])
            await lives.CreateAsync(name, isHeld: true, Token);
        await lives.SettleAsync(Token);
        await lives.EditAsync("changed", Token);
        await lives.DeleteAsync("deleted", Token);
        await lives.MarkAsync("marked", Marks.Deleting, isMarked: true, Token);
        await lives.MarkAsync("done", Marks.Immutable, isMarked: true, Token);
        await lives.MarkAsync("done-held", Marks.Immutable, isMarked: true, Token);
        await lives.DeleteAsync("deleted-held", Token);
        await lives.LabelAsync("changed", Token);
        await lives.SettleAsync(Token);
        foreach (var name in (string[])["done-held", "deleted-held"])
            await lives.HoldAsync(name, isHeld: false, Token);
        foreach (var name in (string[])["done", "deleted"])
            await lives.CreateAsync(name, isHeld: false, Token);
        await lives.SettleAsync(Token);
    }
}
