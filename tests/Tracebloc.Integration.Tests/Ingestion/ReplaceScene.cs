using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A data set of three rows and six files, and a run that replaces it by one of two rows and four files: its images are
/// moved out of the folder that uploads go to, and its masks are copied.
/// </summary>
internal sealed class ReplaceScene : IAsyncDisposable
{
    public const string Category = "semantic_segmentation", Table = "roads_train", Former = "former", Key = "key",
        Other = "other";

    /// <summary>Phases of a run that the backend has registered.</summary>
    public const string Swapping = "new_swapping", Registered = "registered";

    private static readonly (string Name, string Value) Overwrite = ("TRACEBLOC_INGEST_OVERWRITE", "1");

    private ReplaceScene(RunScene run) => (Run, Attempt) = (run, new KilledRun(run, Category, Key, Overwrite));

    public RunScene Run { get; }

    /// <summary>The run that replaces, the first time.</summary>
    public KilledRun Attempt { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ReplaceScene> StartAsync(RealDatabase database)
    {
        var scene = new ReplaceScene(await RunScene.StartAsync(database, Token));
        await scene.Run.RunAsync(Category, Former);
        await scene.StageAsync();
        return scene;
    }

    /// <summary>The calls of a run that is not killed.</summary>
    public static async Task<int> CountAsync(RealDatabase database, KillPlace place)
    {
        await using var scene = await StartAsync(database);
        var calls = await scene.Attempt.CountAsync(place);
        await scene.AssertReplacedAsync(Key);
        return calls;
    }

    /// <summary>Starts a run that may replace the data set.</summary>
    public ChildProgram Start(string key = Key) => Run.Start(Category, key, [Overwrite, .. Attempt.Address]);

    /// <summary>Starts the run again, as its Job would.</summary>
    public async Task RestartAsync()
    {
        (await Start().Result).AssertExit(0);
        await AssertReplacedAsync(Key);
        Assert.Equal(2, Run.Backend.Datasets.Count);
    }

    /// <summary>
    /// Starts another run. It takes the killed one back; one that is registered it finishes, and then its own upload is
    /// no longer there.
    /// </summary>
    /// <returns>The phase in which the killed one was left; empty for none.</returns>
    public async Task<string> RunOtherAsync()
    {
        var phase = string.Concat(await Run.QueryAsync(
            $"SELECT phase FROM tracebloc_ingest_v1_runs WHERE run_key = '{Key}'", Token));
        var result = await Start(Other).Result;
        if (phase is not (Swapping or Registered))
        {
            result.AssertExit(0);
            await AssertReplacedAsync(Other);
            return phase;
        }

        TestContext.Current.SendDiagnosticMessage($"{phase}: {result.Error}");
        result.AssertExit(1);
        // A run that was killed after it was registered removes the mark of its files at its next start.
        if (phase == Swapping) await AssertReplacedAsync(Key);
        await RestartAsync();
        return phase;
    }

    /// <summary>Takes the run back, or finishes it.</summary>
    public async Task UndoAsync()
    {
        var result = await Run.UndoAsync(Category, Key, [Overwrite, .. Attempt.Address]);
        if (result.ExitCode == 0)
        {
            await AssertFormerAsync();
            return;
        }

        Assert.Contains($"Run {Key} is complete", result.Error, StringComparison.Ordinal);
        await AssertReplacedAsync(Key);
    }

    /// <summary>The former data set, whole; nothing of the new one but its upload.</summary>
    public async Task AssertFormerAsync()
    {
        await AssertTableAsync(rows: 3, Former);
        Assert.Equal(6, Run.FilesOf(Table).Count);
        Assert.Equal(["road_01.jpg", "road_02.jpg"], Run.StagedNames());
        Assert.Empty(Run.Hidden());
    }

    /// <summary>The data set of a run, whole; nothing of the former one but its journal.</summary>
    public async Task AssertReplacedAsync(string key)
    {
        await AssertTableAsync(rows: 2, key);
        Assert.Equal(
            ["road_01.jpg", "road_01_mask.png", "road_02.jpg", "road_02_mask.png"], Run.FilesOf(Table));
        Assert.Equal(["replaced"], await Run.QueryAsync(
            $"SELECT phase FROM tracebloc_ingest_v1_runs WHERE run_key = '{Former}'", Token));
        Assert.Equal([$"NULL\t{key}"], await Run.QueryAsync(
            "SELECT HEX(owner), created_by FROM tracebloc_ingest_v1_tables", Token));
        Assert.Empty(Run.StagedNames());
        Assert.Empty(Run.Hidden());
    }

    public async ValueTask DisposeAsync()
    {
        await Attempt.DisposeAsync();
        await Run.DisposeAsync();
    }

    private async Task AssertTableAsync(int rows, string key)
    {
        Assert.Equal([$"{rows}\t{rows}\t1"], await Run.QueryAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT data_id), COUNT(DISTINCT ingestor_id) FROM {Table}", Token));
        Assert.Equal([key], await Run.QueryAsync(
            "SELECT DISTINCT run_key FROM tracebloc_ingest_v1_runs r "
            + $"JOIN {Table} t ON BINARY t.ingestor_id = BINARY r.ingestor_id WHERE phase = 'registered'",
            Token));
        Assert.Empty(await Run.QueryAsync("SHOW TABLES LIKE 'tracebloc_ingest_v1_new%'", Token));
        Assert.Empty(await Run.QueryAsync("SHOW TABLES LIKE 'tracebloc_ingest_v1_old%'", Token));
        Assert.Empty(Run.Backend.Unexpected);
    }

    private async Task StageAsync()
    {
        Directory.CreateDirectory(Run.Staged);
        foreach (var name in (string[])["road_01.jpg", "road_02.jpg"])
            File.Move(Path.Combine(Run.Example(Category), "images", name), Path.Combine(Run.Staged, name));
        File.Delete(Path.Combine(Run.Example(Category), "masks", "road_03_mask.png"));
        await Run.WriteAsync(Category, "ingest.yaml", text => text.Replace(
            "examples/semantic_segmentation/images", ".tracebloc-staging/images", StringComparison.Ordinal));
        await Run.WriteAsync(
            Category, "rows.csv", text => string.Join('\n', text.Split('\n').Take(3)) + "\n");
    }
}
