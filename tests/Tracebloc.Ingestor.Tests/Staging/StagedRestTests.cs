using Tracebloc.Ingestor.Staging;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>An upload is moved and not copied: nothing of it is left once its run is registered.</summary>
public sealed class StagedRestTests : IDisposable
{
    private const string Labels = $"/data/shared/.tracebloc-staging/{StagingScene.Folder}/labels.csv";

    private readonly StagingScene _scene = new();
    private readonly RecordingLogger _logger = new();

    private VolumeLayout Layout => VolumeLayout.Of(_scene.Volume, "cats_train", "run-7");

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task The_rest_of_an_upload_is_removed_after_the_run()
    {
        await UploadAsync();
        var image = Path.Combine(_scene.Place.Files, "images/a.jpg");
        var run = new VolumeRun(Layout, Guid.NewGuid());
        run.List([new PlacedFile(image, "a.jpg", Layout.IsStaged(image))]);
        await run.PlaceAsync(_ => { }, StagingScene.Cancelled);
        Assert.True(File.Exists(Path.Combine(_scene.Place.Files, "labels.csv")));
        run.Close();

        await RemoveAsync(Labels, $".tracebloc-staging/{StagingScene.Folder}/images");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_scene.Place.Area));
        Assert.Equal(["a.jpg"], Directory.EnumerateFiles(Layout.Place).Select(Path.GetFileName));
        Assert.Equal(
            "Information: Staging folder cats_train-1f3a5c was removed: its data set is registered",
            Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task A_later_attempt_removes_what_an_earlier_one_has_left()
    {
        await UploadAsync();
        Directory.Delete(_scene.Place.Files, recursive: true);

        await RemoveAsync(Labels);
        await RemoveAsync(Labels);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_scene.Place.Area));
        Assert.Single(_logger.Lines);
    }

    [Theory]
    [InlineData("/data/shared/in/labels.csv")]
    [InlineData("/data/shared/.tracebloc-staging/manual/labels.csv")]
    [InlineData($"/data/shared/.tracebloc-staging/{StagingScene.Folder}-2/labels.csv")]
    [InlineData($"/data/shared/.tracebloc-staging/../{StagingScene.Folder}/labels.csv")]
    [InlineData("/etc/passwd")]
    public async Task Nothing_else_is_removed(string path)
    {
        await UploadAsync();
        string[] others = ["in", ".tracebloc-staging/manual", $".tracebloc-staging/{StagingScene.Folder}-2"];
        foreach (var folder in others)
            await File.WriteAllTextAsync(
                Path.Combine(Directory.CreateDirectory(Path.Combine(_scene.Volume, folder)).FullName, "labels.csv"),
                "",
                StagingScene.Cancelled);
        var before = StagingScene.Tree(_scene.Volume);

        await RemoveAsync(path);

        Assert.Equal(before, StagingScene.Tree(_scene.Volume));
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task An_upload_under_way_stays_and_the_run_has_succeeded()
    {
        await UploadAsync();
        _scene.Receiver = _scene.Receiver with { Lock = new LockTimes { Beat = TimeSpan.FromMilliseconds(20) } };
        await using var sender = await RawSender.OfferAsync(_scene, Guid.NewGuid(), default);
        await sender.ReadAsync(Tracebloc.Ingestion.Staging.FrameType.Ready);

        await RemoveAsync(Labels);

        Assert.StartsWith(
            "Warning: Staging folder cats_train-1f3a5c could not be removed: Folder cats_train-1f3a5c is being written",
            Assert.Single(_logger.Lines));
        Assert.True(File.Exists(Path.Combine(_scene.Place.Files, "labels.csv")));
    }

    private Task RemoveAsync(params string[] paths) =>
        new StagedRest(Layout, _logger, TimeProvider.System).RemoveAsync(paths, StagingScene.Cancelled);

    private async Task UploadAsync()
    {
        _scene.Write("labels.csv", "filename,label\na.jpg,1\n"u8);
        _scene.Write("images/a.jpg", 10);
        await _scene.SendAsync();
    }
}
