using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Keeping;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The purge of old rows on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RetentionTests(RealDatabases databases)
{
    private const string Names =
        "SELECT CONCAT(o.name, ' ', COUNT(DISTINCT l.id), COUNT(DISTINCT a.id)) FROM gadget o "
        + "LEFT JOIN gadget_labels l ON l.obj_uid = o.uid LEFT JOIN gadget_annotations a ON a.obj_uid = o.uid "
        + "GROUP BY o.uid, o.name ORDER BY o.name";

    private readonly ManualTimeProvider _time = new(StoreScene.Now);
    private readonly IReadOnlyList<PurgeNumbers> _numbers = Retention.NumbersOf(KindSet.Of([SomeObject.Gadget]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_are_purged_by_the_age_of_their_state_with_labels_and_annotations(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("one", Token);
        await leader.WriteAsync(Token, Some(1, "live"), Some(2, "deleted"), Some(4, "both"));
        foreach (var evicted in (SomeObject[])[Some(3, "evicted"), Some(4, "both") with { Version = 200 }])
            await leader.EvictAsync(evicted, Token);
        await leader.DeleteAsync(Token, new RowDeletion(Uid(2), 0));
        await scene.RunAsync($"UPDATE gadget SET delete_time = evicted_time WHERE uid = '{Uid(4)}'", Token);
        var settings = new RetentionSettings
        {
            Deleted = TimeSpan.FromDays(9),
            DeletedByKind = new Dictionary<string, TimeSpan> { ["Gadget"] = TimeSpan.FromDays(90) },
            Evicted = TimeSpan.FromDays(365),
        };
        await using var pool = new SessionPool(scene.Server, SessionUse.Sharing, new SessionPoolOptions());
        var retention = Of(pool, scene, leader.Term, settings);

        _time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(0, await retention.PurgeAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await retention.PurgeAsync(Token));
        Assert.Equal(["evicted 21", "live 21"], await scene.RunAsync(Names, Token));
        Assert.Equal((2, 0), (_numbers[0].Deleted, _numbers[0].Evicted));

        _time.Advance(TimeSpan.FromDays(275));
        Assert.Equal(1, await retention.PurgeAsync(Token));
        Assert.Equal(["live 21"], await scene.RunAsync(Names, Token));
        Assert.Equal((2, 1), (_numbers[0].Deleted, _numbers[0].Evicted));
        Assert.Equal(["2"], await scene.RunAsync("SELECT COUNT(*) FROM gadget_labels", Token));
        Assert.Equal(["1"], await scene.RunAsync("SELECT COUNT(*) FROM gadget_annotations", Token));
        Assert.Contains("Information: Gadget: Evicted rows older than 365.00:00:00 were purged: 1", scene.Log.Lines);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Batches_have_pauses_between_and_one_that_was_cancelled_goes_on(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await DeleteManyAsync(scene, 20);
        await using var pool = new SessionPool(scene.Server, SessionUse.Sharing, new SessionPoolOptions());
        var retention = Of(pool, scene, leader.Term, new RetentionSettings { Deleted = TimeSpan.FromDays(1) });
        _time.Advance(TimeSpan.FromDays(2));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = retention.PurgeAsync(stop.Token);
        await _time.WaitForTimerAsync(due => due == TimeSpan.FromMilliseconds(100), Token);
        Assert.Equal(["13"], await scene.RunAsync("SELECT COUNT(*) FROM gadget", Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = retention.PurgeAsync(Token);
        await _time.WaitForTimerAsync(due => due == TimeSpan.FromMilliseconds(100), Token);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(13, await second);
        Assert.Equal(20, _numbers[0].Deleted);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_row_that_becomes_live_before_its_lock_stays(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await DeleteManyAsync(scene, 3);
        await using var pool = new SessionPool(scene.Server, SessionUse.Sharing, new SessionPoolOptions());
        var retention = Of(pool, scene, leader.Term, new RetentionSettings { Deleted = TimeSpan.FromDays(1) });
        _time.Advance(TimeSpan.FromDays(2));
        await using var rival = await scene.Server.OpenAsync(SessionUse.Sharing, Token);
        Task<long>? purge = null;
        await rival.InTransactionAsync(
            async current =>
            {
                await rival.ExecuteAsync(
                    new SqlStatement("UPDATE gadget SET delete_time = NULL WHERE uid = ?", Uid(1)), current);
                purge = retention.PurgeAsync(Token);
                await scene.SeeAsync("SELECT uid FROM `gadget` WHERE uid IN", current);
            },
            Token);

        Assert.Equal(2, await (purge ?? Task.FromResult(0L)));
        Assert.Equal(["gadget-1 21"], await scene.RunAsync(Names, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_former_leader_purges_nothing(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var former = await DeleteManyAsync(scene, 3);
        await scene.LeadAsync("two", Token);
        await using var pool = new SessionPool(scene.Server, SessionUse.Sharing, new SessionPoolOptions());
        var retention = Of(pool, scene, former.Term, new RetentionSettings { Deleted = TimeSpan.FromDays(1) });
        _time.Advance(TimeSpan.FromDays(2));

        await Assert.ThrowsAsync<FenceException>(() => retention.RunAsync(Token));

        Assert.Equal(["3"], await scene.RunAsync("SELECT COUNT(*) FROM gadget", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task It_looks_at_once_and_then_every_hour(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await DeleteManyAsync(scene, 3);
        await using var pool = new SessionPool(scene.Server, SessionUse.Sharing, new SessionPoolOptions());
        var retention = Of(pool, scene, leader.Term, new RetentionSettings { Deleted = TimeSpan.FromDays(1) });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _time.Advance(TimeSpan.FromHours(24));
        var running = retention.RunAsync(stop.Token);

        await _time.WaitForTimerAsync(due => due == TimeSpan.FromHours(1), Token);
        Assert.Equal(0, _numbers[0].Deleted);
        _time.Advance(TimeSpan.FromHours(1));
        await _time.WaitForTimerAsync(due => due == TimeSpan.FromHours(1), Token);
        Assert.Equal(3, _numbers[0].Deleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static string Uid(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{number:d12}");

    private static SomeObject Some(int number, string name) => new()
    {
        Uid = Uid(number),
        Name = name,
        Labels = new Dictionary<string, string> { ["team"] = "a", ["tier"] = "1" },
        Annotations = new Dictionary<string, string> { ["note"] = "x" },
    };

    private static async Task<StoreLeader> DeleteManyAsync(StoreScene scene, int count)
    {
        var leader = await scene.LeadAsync("one", Token);
        int[] numbers = [.. Enumerable.Range(1, count)];
        await leader.WriteAsync(Token, numbers.Select(number => Some(number, $"gadget-{number}")));
        await leader.DeleteAsync(Token, [.. numbers.Select(number => new RowDeletion(Uid(number), 0))]);
        return leader;
    }

    private Retention Of(SessionPool pool, StoreScene scene, Term term, RetentionSettings settings) => new(
        new RetentionSetup
        {
            Pool = pool,
            Kinds = KindSet.Of([SomeObject.Gadget]),
            Settings = settings,
            Time = _time,
            Logger = scene.Log,
            BatchRows = 7,
        },
        term,
        _numbers);
}
