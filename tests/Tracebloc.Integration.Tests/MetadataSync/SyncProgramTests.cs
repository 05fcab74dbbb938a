using System.Text.RegularExpressions;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary><c>metadata-sync run</c> as the kubelet, Prometheus and people see it.</summary>
[Collection(RealDatabases.Collection)]
public sealed class SyncProgramTests(RealCluster cluster, RealDatabases databases) : IClassFixture<RealCluster>
{
    /// <summary>The exit code after SIGTERM.</summary>
    private const int Terminated = 143;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task It_is_ready_has_numbers_and_writes_the_words_that_people_search_for(ServerKind kind)
    {
        await using var scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: true, Token);
        var lives = new GadgetLives(scene);
        foreach (var name in (string[])["kept", "deleted"]) await lives.CreateAsync(name, isHeld: false, Token);
        var replica = scene.Start("pod-1");
        await AnswerAsync(replica, "/readyz", 200);
        await lives.SettleAsync(Token);
        await lives.DeleteAsync("deleted", Token);
        await lives.SettleAsync(Token);

        Assert.Equal((200, "ok\n"), await replica.GetAsync("/healthz", Token));
        Assert.Equal((200, "ready\n"), await replica.GetAsync("/readyz", Token));
        Assert.Equal(1, await replica.NumberAsync("leading", Token));
        Assert.Equal(1, await replica.NumberAsync("rows_deleted_total", Token));
        Assert.Equal(0, await replica.NumberAsync("errors_total", Token));
        Assert.True(await replica.NumberAsync("rows_written_total", Token) >= 2);
        Assert.True(await replica.NumberAsync("lag_seconds_count", Token) >= 2);
        var log = (await scene.TerminateAsync(replica)).AssertExit(Terminated).Error;
        Assert.Contains("Metadata storage enabled", log);
        Assert.Contains($"MySQL connection established: 127.0.0.1:{scene.Database.Port}", log);
        foreach (var name in KindTable.All.Append(scene.Gadgets.Kind).Select(each => each.Name))
            Assert.Contains($"Ingester controller registered for {name}:", log);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task While_MySQL_is_away_it_is_not_ready_and_nothing_crashes(ServerKind kind)
    {
        await using var scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: true, Token);
        var lives = new GadgetLives(scene);
        Away(scene);
        var replica = scene.Start("pod-1");
        await AnswerAsync(replica, "/healthz", 200);
        Assert.Matches("MySQL has given no answer yet", await AnswerAsync(replica, "/readyz", 503));

        scene.DatabaseCalls.Reset();
        await AnswerAsync(replica, "/readyz", 200);
        await lives.CreateAsync("one", isHeld: false, Token);
        await lives.SettleAsync(Token);

        Away(scene);
        Assert.Matches("MySQL gives no answer", await AnswerAsync(replica, "/readyz", 503));
        await lives.CreateAsync("two", isHeld: false, Token);
        await lives.EditAsync("one", Token);
        Assert.Equal((200, "ok\n"), await replica.GetAsync("/healthz", Token));

        scene.DatabaseCalls.Reset();
        await AnswerAsync(replica, "/readyz", 200);
        await lives.SettleAsync(Token);
        Assert.False(replica.HasEnded);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_two_replicas_one_works_and_the_other_takes_over_when_it_is_killed(ServerKind kind)
    {
        await using var scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: false, Token);
        var lives = new GadgetLives(scene);
        var first = scene.Start("first");
        await lives.CreateAsync("one", isHeld: false, Token);
        await lives.SettleAsync(Token);
        var second = scene.Start("second");
        await AnswerAsync(second, "/readyz", 200);
        Assert.Equal(1, await first.NumberAsync("leading", Token));
        Assert.Equal(0, await second.NumberAsync("leading", Token));

        await scene.KillAsync(first);
        await lives.EditAsync("one", Token);
        await lives.SettleAsync(Token);

        Assert.Equal(1, await second.NumberAsync("leading", Token));
        Assert.StartsWith("second_", await scene.HolderAsync(Token), StringComparison.Ordinal);
        Assert.Matches(
            new Regex("^2\tsecond_"),
            Assert.Single(await scene.QueryAsync("SELECT term, holder FROM sync_leader", Token)));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task SIGTERM_gives_the_lease_back(ServerKind kind)
    {
        await using var scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: false, Token);
        var lives = new GadgetLives(scene);
        var first = scene.Start("first");
        await lives.CreateAsync("one", isHeld: false, Token);
        await lives.SettleAsync(Token);
        Assert.StartsWith("first_", await scene.HolderAsync(Token), StringComparison.Ordinal);

        (await scene.TerminateAsync(first)).AssertExit(Terminated);

        Assert.Equal("", await scene.HolderAsync(Token));
        await lives.DeleteAsync("one", Token);
        scene.Start("second");
        await lives.SettleAsync(Token);
    }

    private static void Away(SyncScene scene) =>
        scene.DatabaseCalls.BeforeAsync = _ => throw new IOException("the database is away");

    /// <summary>Waits for a status.</summary>
    private static async Task<string> AnswerAsync(SyncReplica replica, string path, int status)
    {
        var last = (Status: 0, Text: "");
        await SyncScene.UntilAsync(
            async token => (last = await replica.GetAsync(path, token)).Status == status,
            () => $"{path}: {last}",
            Token);
        return last.Text;
    }
}
