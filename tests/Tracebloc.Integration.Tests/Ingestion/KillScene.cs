namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A run that is killed, and started again. Its images are moved out of the folder that uploads go to, and its masks
/// are copied.
/// </summary>
internal sealed class KillScene : IAsyncDisposable
{
    private const string Category = "semantic_segmentation", Table = "roads_train", Key = "key", Other = "other";
    private const string MayBeThere = "the backend may have its data set";

    private static readonly string[] Images = ["road_01.jpg", "road_02.jpg", "road_03.jpg"];

    private readonly RunScene _scene;

    private KillScene(RunScene scene) => (_scene, Attempt) = (scene, new KilledRun(scene, Category, Key));

    /// <summary>The run, the first time.</summary>
    public KilledRun Attempt { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KillScene> StartAsync(RealDatabase database)
    {
        var killed = new KillScene(await RunScene.StartAsync(database, Token));
        await killed.StageAsync();
        return killed;
    }

    /// <summary>The calls of a run that is not killed.</summary>
    public static async Task<int> CountAsync(RealDatabase database, KillPlace place)
    {
        await using var scene = await StartAsync(database);
        var calls = await scene.Attempt.CountAsync(place);
        await scene.AssertWholeAsync(Key);
        return calls;
    }

    /// <summary>Starts the run again, as its Job would.</summary>
    public async Task RestartAsync()
    {
        var result = (await _scene.Start(Category, Key, Attempt.Address).Result).AssertExit(0);
        Assert.Contains("\"files\":6,", result.Output, StringComparison.Ordinal);
        await AssertWholeAsync(Key);
        Assert.Single(_scene.Backend.Datasets);
    }

    /// <summary>Starts another run for the table. It is refused where the killed one was registered.</summary>
    /// <returns>True where the killed one's data set is left at the backend, and the other one warns of it.</returns>
    public async Task<bool> RunOtherAsync()
    {
        var result = await _scene.Start(Category, Other, Attempt.Address).Result;
        if (result.ExitCode == 0)
        {
            await AssertWholeAsync(Other);
            var isLeft = _scene.Backend.Datasets.Count > 1;
            if (isLeft) Assert.Contains(MayBeThere, result.Error, StringComparison.Ordinal);
            return isLeft;
        }

        Assert.Contains($"has the train rows of run {Key} already", result.Error, StringComparison.Ordinal);
        await RestartAsync();
        return false;
    }

    /// <summary>Takes the run back by <c>ingestor undo</c>, which refuses a registered run.</summary>
    public async Task UndoAsync()
    {
        var result = await _scene.UndoAsync(Category, Key, Attempt.Address);
        if (result.ExitCode != 0)
        {
            Assert.Contains($"Run {Key} is complete", result.Error, StringComparison.Ordinal);
            await AssertWholeAsync(Key);
            return;
        }

        Assert.Empty(await _scene.QueryAsync($"SHOW TABLES LIKE '{Table}'", Token));
        Assert.Empty(_scene.FilesOf(Table));
        Assert.Empty(_scene.Hidden());
        Assert.Equal(Images, _scene.StagedNames());
        Assert.Empty(_scene.Backend.Unexpected);
        if (_scene.Backend.Datasets.Count > 0) Assert.Contains(MayBeThere, result.Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Attempt.DisposeAsync();
        await _scene.DisposeAsync();
    }

    private async Task StageAsync()
    {
        var example = _scene.Example(Category);
        Directory.CreateDirectory(Path.Combine(_scene.Volume, ".tracebloc-staging"));
        Directory.Move(Path.Combine(example, "images"), _scene.Staged);
        var specification = Path.Combine(example, "ingest.yaml");
        var text = await File.ReadAllTextAsync(specification, Token);
        await File.WriteAllTextAsync(
            specification, text.Replace("examples/semantic_segmentation/images", ".tracebloc-staging/images"), Token);
    }

    /// <summary>One set of rows of one run, all files, and nothing else.</summary>
    private async Task AssertWholeAsync(string key)
    {
        Assert.Equal(["3\t3\t1"], await _scene.QueryAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT data_id), COUNT(DISTINCT ingestor_id) FROM {Table}", Token));
        Assert.Equal([key], await _scene.QueryAsync(
            "SELECT run_key FROM tracebloc_ingest_v1_runs WHERE phase = 'registered'", Token));
        Assert.Equal(["NULL"], await _scene.QueryAsync("SELECT HEX(owner) FROM tracebloc_ingest_v1_tables", Token));
        Assert.Equal(
            ["road_01.jpg", "road_01_mask.png", "road_02.jpg", "road_02_mask.png", "road_03.jpg", "road_03_mask.png"],
            _scene.FilesOf(Table));
        Assert.All(
            new DirectoryInfo(Path.Combine(_scene.Volume, Table)).GetFiles(), file => Assert.NotEqual(0, file.Length));
        Assert.Empty(_scene.StagedNames());
        Assert.Empty(_scene.Hidden());
        Assert.Empty(_scene.Backend.Unexpected);
    }
}
