namespace Tracebloc.MetadataSync.Tests.Verbs;

/// <summary>The gates, the probes and the lines of the log that operators search for.</summary>
public sealed class RunProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mysql: {host: db, user: u, database: d}", "metadataStorage.enableMetadataStorage is not true")]
    [InlineData("metadataStorage: {enableMetadataStorage: true}", "mysql is not configured")]
    public async Task With_a_gate_closed_it_reports_so_once_and_is_ready_and_does_nothing(
        string configuration, string reason)
    {
        await using var scene = await RunScene.NewAsync(Token);
        await scene.StartAsync(configuration, Token);

        await scene.SeeReadinessAsync(200, "ready", Token);
        scene.Time.Advance(TimeSpan.FromHours(1));
        await scene.SeeReadinessAsync(200, "ready", Token);
        Assert.Equal(
            [$"Information: Metadata storage disabled, nothing is mirrored: {reason}"],
            scene.Log.Lines.Where(line => !line.Contains("listening", StringComparison.Ordinal)));
        Assert.Empty(scene.Api.Calls);
        Assert.Contains("tracebloc_metadata_sync_leading{namespace=\"tracebloc\"} 0\n",
            (await scene.GetAsync("/metrics", Token)).Text);
    }

    [Fact]
    public async Task While_MySQL_is_away_it_lives_and_is_not_ready_and_tries_again()
    {
        await using var scene = await RunScene.NewAsync(Token);
        scene.Lead("pod-2");
        scene.IsDatabaseAway = true;
        await scene.StartAsync(scene.Enabled, Token);

        await scene.SeeReadinessAsync(503, "MySQL has given no answer yet", Token);
        await scene.UntilAsync(_ => Task.FromResult(CountOf(scene, "Warning: MySQL waits") == 1), Token);
        Assert.Equal((200, "ok\n"), await scene.GetAsync("/healthz", Token));

        scene.IsDatabaseAway = false;
        await scene.SeeReadinessAsync(200, "ready", Token);
        Assert.Equal(
            (1, 1, 1),
            (CountOf(scene, "Information: Metadata storage enabled"),
                CountOf(scene, "Information: MySQL connection established: localhost:"),
                CountOf(scene, "Warning: MySQL waits, and is tried again until it succeeds: ")));
    }

    [Fact]
    public async Task A_replica_that_stands_by_is_ready_while_it_reaches_both_services()
    {
        await using var scene = await RunScene.NewAsync(Token);
        scene.Lead("pod-2");
        await scene.StartAsync(scene.Enabled, Token);
        await scene.SeeReadinessAsync(200, "ready", Token);
        await scene.UntilAsync(
            _ => Task.FromResult(CountOf(scene, "Information: The lease is held by pod-2") == 1), Token);

        scene.IsDatabaseAway = true;
        await scene.SeeReadinessAsync(503, "MySQL gives no answer", Token);
        scene.IsDatabaseAway = false;
        await scene.SeeReadinessAsync(200, "ready", Token);

        await scene.EndApiAsync();
        await scene.SeeReadinessAsync(503, "The API server gives no answer", Token);
    }

    [Fact]
    public async Task The_leader_is_not_ready_before_it_follows_its_kinds()
    {
        await using var scene = await RunScene.NewAsync(Token);
        await scene.StartAsync(scene.Enabled, Token);

        await scene.SeeReadinessAsync(503, "Not followed yet: Project, ModelFamily", Token);
        var metrics = (await scene.GetAsync("/metrics", Token)).Text;
        Assert.Contains("tracebloc_metadata_sync_leading{namespace=\"tracebloc\"} 1\n", metrics);
        Assert.Contains(
            "tracebloc_metadata_sync_following{namespace=\"tracebloc\",kind=\"Model\"} 0\n", metrics);
    }

    private static int CountOf(RunScene scene, string start) =>
        scene.Log.Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));
}
