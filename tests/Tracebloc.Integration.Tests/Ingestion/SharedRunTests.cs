using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published program as the pods of an indexed Job.</summary>
[Collection(RealDatabases.Collection)]
public sealed class SharedRunTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ServerKind, int, bool> Pods => new(
        from kind in Enum.GetValues<ServerKind>()
        from pods in new[] { 2, 5 }
        from isAllowed in new[] { false, true }
        select (kind, pods, isAllowed));

    public static TheoryData<string> Examples => new(IngestExample.Sound.Select(example => example.Category));

    [Theory]
    [MemberData(nameof(Pods))]
    public async Task Pods_load_and_register_what_one_pod_does(ServerKind kind, int pods, bool isAllowed)
    {
        await databases[kind].AllowLocalInfileAsync(isAllowed, Token);
        await using var one = await SharedScene.StartAsync(databases[kind]);
        await using var many = await SharedScene.StartAsync(databases[kind]);
        (await one.Start(0, 1).Result).AssertExit(0);
        await many.TakeSaltAsync(one);

        var results = await many.RunAsync(pods);

        Assert.Equal(await one.RowsAsync(), await many.RowsAsync());
        Assert.Equal(one.Record, many.Record);
        await many.AssertWholeAsync();
        Assert.Contains("INGESTION SUMMARY", results[0].Output, StringComparison.Ordinal);
        Assert.All(results.Skip(1), other => Assert.Empty(other.Output));
        Assert.All(results.Skip(1), other => Assert.Contains("all rows are loaded", other.Error));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_is_loaded_once_by_several_pods(string category)
    {
        await using var scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(pod => scene.Start(
            category, "key", ("TRACEBLOC_INGEST_SHARDS", "3"), ("JOB_COMPLETION_INDEX", $"{pod}")).Result));

        Assert.All(results, result => result.AssertExit(0));
        var run = Assert.Single(await scene.QueryAsync(
            "SELECT table_name, phase, row_count FROM tracebloc_ingest_v1_runs", Token)).Split('\t');
        var counts = Assert.Single(await scene.QueryAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT data_id) FROM {run[0]}", Token)).Split('\t');
        Assert.Equal(("registered", run[2], run[2]), (run[1], counts[0], counts[1]));
        Assert.Single(scene.Backend.Datasets);
        Assert.Empty(scene.Hidden());
    }

    [Fact]
    public async Task Every_pod_loads_parts_while_there_are_some()
    {
        await using var one = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        (await one.Start(0, 1).Result).AssertExit(0);
        await scene.TakeTableAsync(one);
        await scene.SlowDownAsync();

        var results = await scene.RunAsync(3);

        await scene.AssertWholeAsync();
        Assert.All(results, pod => Assert.Contains("Loading part ", pod.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pod_that_never_starts_is_not_waited_for()
    {
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);

        (await scene.Start(0, 4).Result).AssertExit(0);

        await scene.AssertWholeAsync();
        var late = (await scene.Start(3, 4).Result).AssertExit(0);
        Assert.Contains("all rows are loaded, 0 of them by this pod", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_rows_of_any_part_fail_the_run_and_nothing_is_left()
    {
        await using var one = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        foreach (var each in (SharedScene[])[one, scene])
            await each.Run.WriteAsync("tabular_regression", "rows.csv", Spoilt);
        var byOne = (await one.Start(0, 1).Result).AssertExit(1);
        var other = scene.Start(1, 2);

        var result = (await scene.Start(0, 2).Result).AssertExit(1);

        await other.KillAsync();
        Assert.Contains("\nData: the first 20 of ", result.Output, StringComparison.Ordinal);
        Assert.Equal((Verdict(byOne), byOne.Output), (Verdict(result), result.Output));
        Assert.Empty(await scene.Run.QueryAsync($"SHOW TABLES LIKE '{SharedScene.Table}'", Token));
        Assert.Empty(await scene.Run.QueryAsync("SELECT run_key FROM tracebloc_ingest_v1_runs", Token));
        await scene.AssertNoSlicesAsync();
        Assert.Empty(scene.Run.Backend.Requests);
    }

    [Fact]
    public async Task Slices_of_a_killed_attempt_are_validated_by_others_and_the_next_attempt_plans_its_own()
    {
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        var (counter, started) = (new CallCounter(), new TaskCompletionSource<ChildProgram>());
        new KillPoint(KillPlace.Database, 60, IsAfter: true).Arm(counter, started.Task);
        var (proxy, address) = await scene.Run.ProxyAsync(counter, Token);
        await using var closed = proxy;
        var leader = scene.Start(0, 2, address);
        started.SetResult(leader);
        (await leader.Result).AssertExit(KilledRun.Killed);
        Assert.NotEmpty(await scene.Run.QueryAsync(
            "SELECT slice FROM tracebloc_ingest_v1_slices WHERE state = 'open'", Token));

        var other = scene.Start(1, 2).Result;
        while ((await scene.Run.QueryAsync(
            "SELECT slice FROM tracebloc_ingest_v1_slices WHERE state <> 'done'", Token)).Count > 0)
            Assert.False(other.IsCompleted, "The other pod ended before all slices were validated.");

        counter.Reset();
        (await scene.Start(0, 2, address).Result).AssertExit(0);
        Assert.Contains("Validating slice ", (await other).AssertExit(0).Error, StringComparison.Ordinal);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_row_that_the_server_rejects_takes_all_parts_back_and_the_next_attempt_has_the_same_pods()
    {
        await using var one = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        (await one.Start(0, 1).Result).AssertExit(0);
        await scene.TakeTableAsync(one);
        await scene.Run.QueryAsync(
            $"CREATE TRIGGER refuse BEFORE INSERT ON {SharedScene.Table} FOR EACH ROW "
            + "SET NEW.status = IF(NEW.id = 900, NULL, 0)",
            Token);
        ChildProgram[] others = [scene.Start(1, 3), scene.Start(2, 3)];

        var failed = (await scene.Start(0, 3).Result).AssertExit(1);

        Assert.Contains("all rows of this run are taken back", failed.Error, StringComparison.Ordinal);
        Assert.Empty(await scene.RowsAsync());
        Assert.Equal(["failed"], await scene.Run.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        Assert.Empty(await scene.Run.QueryAsync("SELECT part FROM tracebloc_ingest_v1_parts", Token));
        await scene.Run.QueryAsync("DROP TRIGGER refuse", Token);
        (await scene.Start(0, 3).Result).AssertExit(0);
        Assert.All(await Task.WhenAll(others.Select(other => other.Result)), other => other.AssertExit(0));
        await scene.AssertWholeAsync();
    }

    private static string Verdict(ProgramResult result) =>
        Assert.Single(result.Error.Split('\n'), line => line.Contains(" is not valid: ", StringComparison.Ordinal))
            .Split("INF ")[^1].Split("ERR ")[^1];

    private static string Spoilt(string text) =>
        text.Replace(",17/", ",40/", StringComparison.Ordinal) + "\nx,1,Lane,2001-01-01,1\n1,2\n";

    [Fact]
    public async Task An_undo_without_an_index_takes_a_shared_run_back()
    {
        await using var scene = await SharedScene.StartAsync(databases[ServerKind.MySql]);
        scene.Run.Backend.Before = _ => throw new IOException("the backend is away");
        var (leader, other) = (scene.Start(0, 2), scene.Start(1, 2));
        (await other.Result).AssertExit(0);
        await leader.KillAsync();

        (await scene.Run.UndoAsync("tabular_regression", SharedScene.Key, ("TRACEBLOC_INGEST_SHARDS", "2")))
            .AssertExit(0);

        Assert.Empty(await scene.Run.QueryAsync($"SHOW TABLES LIKE '{SharedScene.Table}'", Token));
        Assert.Equal(["failed"], await scene.Run.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
    }
}
