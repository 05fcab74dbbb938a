using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Volume;

public sealed class VolumeRunTests : IDisposable
{
    private readonly VolumeFixture _volume = new();

    private static CancellationToken Cancelled => VolumeFixture.Cancelled;

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Staged_files_are_moved_and_others_copied()
    {
        var files = _volume.Write(_volume.Staged, "a.jpg", "b.jpg").Concat(_volume.Write(_volume.Elsewhere, "c.jpg"));

        await LoadAsync(_volume.Run(), files);

        Assert.Equal([VolumeLayout.Marker, "a.jpg", "b.jpg", "c.jpg"], _volume.Placed);
        Assert.Equal(["c.jpg"], VolumeFixture.NamesIn(_volume.Elsewhere));
        Assert.Empty(VolumeFixture.NamesIn(_volume.Staged));
        Assert.All(
            ["a.jpg", "b.jpg", "c.jpg"],
            name => Assert.Equal(name, File.ReadAllText(Path.Combine(_volume.Layout.Place, name))));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_closed_run_but_its_files()
    {
        var run = _volume.Run();
        await LoadAsync(run, _volume.Write(_volume.Elsewhere, "a.jpg"));

        run.Close();

        Assert.Equal(["a.jpg"], _volume.Placed);
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task An_undone_run_gives_moved_files_back_and_leaves_nothing()
    {
        var files = _volume.Write(_volume.Staged, "a.jpg", "b.jpg").Concat(_volume.Write(_volume.Elsewhere, "c.jpg"));
        await LoadAsync(_volume.Run(), files);

        _volume.Run().Undo();

        Assert.Equal(["a.jpg", "b.jpg"], VolumeFixture.NamesIn(_volume.Staged));
        Assert.Equal(["c.jpg"], VolumeFixture.NamesIn(_volume.Elsewhere));
        Assert.Empty(_volume.Placed);
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task A_second_attempt_places_the_rest()
    {
        var first = _volume.Run();
        first.List(_volume.Write(_volume.Staged, "a.jpg", "b.jpg").Concat(_volume.Write(_volume.Elsewhere, "c.jpg")));
        var data = Path.Combine(_volume.Layout.HiddenRoot, _volume.Hidden[0], "data");
        File.Move(Path.Combine(_volume.Staged, "a.jpg"), Path.Combine(data, "a.jpg"));
        File.WriteAllText(Path.Combine(data, "c.jpg"), "c.j");

        var reports = 0;
        await _volume.Run().PlaceAsync(_ => Interlocked.Increment(ref reports), Cancelled);

        Assert.Equal(3, reports);
        Assert.Equal([VolumeLayout.Marker, "a.jpg", "b.jpg", "c.jpg"], _volume.Placed);
        Assert.Equal("c.jpg", File.ReadAllText(Path.Combine(_volume.Layout.Place, "c.jpg")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c.jpg and more")]
    [InlineData("c.jp\0")]
    public async Task A_copy_that_is_not_its_file_is_made_again(string there)
    {
        var first = _volume.Run();
        first.List(_volume.Write(_volume.Elsewhere, "c.jpg"));
        var copy = Path.Combine(_volume.Layout.HiddenRoot, _volume.Hidden[0], "data", "c.jpg");
        File.WriteAllText(copy, there);

        await _volume.Run().PlaceAsync(_ => { }, Cancelled);

        Assert.Equal("c.jpg", File.ReadAllText(Path.Combine(_volume.Layout.Place, "c.jpg")));
    }

    [Fact]
    public async Task An_attempt_without_a_list_publishes_nothing()
    {
        var files = _volume.Write(_volume.Staged, "a.jpg");
        _volume.Run().List(files);
        var stalled = _volume.Layout.FolderOf(Guid.Empty);
        Directory.CreateDirectory(Path.Combine(stalled, "data"));

        await _volume.Run().PlaceAsync(_ => { }, Cancelled);

        Assert.Equal([VolumeLayout.Marker, "a.jpg"], _volume.Placed);
        var alone = new VolumeRun(_volume.Layout with { RunKey = "other", Table = "dogs" }, Guid.NewGuid());
        var error = await Assert.ThrowsAsync<IngestorException>(() => alone.PlaceAsync(_ => { }, Cancelled));
        Assert.Equal("Folder dogs has no list of files: another attempt has taken the run over", error.Message);
    }

    [Fact]
    public async Task A_published_folder_is_not_placed_again()
    {
        await LoadAsync(_volume.Run(), _volume.Write(_volume.Staged, "a.jpg"));

        var again = _volume.Run();
        await again.PlaceAsync(_ => Assert.Fail("placed again"), Cancelled);

        Assert.Equal(1, again.Count);
        Assert.Equal([VolumeLayout.Marker, "a.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task An_attempt_that_was_taken_over_changes_nothing_any_more()
    {
        var files = _volume.Write(_volume.Elsewhere, "a.jpg");
        var stalled = new FilePlacer(RunFolder.Take(_volume.Layout, Guid.NewGuid()), _ => { });
        RunFolder.Take(_volume.Layout, Guid.NewGuid());

        var error = await Assert.ThrowsAsync<IngestorException>(() => stalled.PlaceAsync(files, Cancelled));

        Assert.StartsWith($"File {files[0].Source} could not be placed as a.jpg: ", error.Message);
        Assert.Equal(["a.jpg"], VolumeFixture.NamesIn(_volume.Elsewhere));
    }

    [Fact]
    public async Task A_copy_whose_staged_file_is_gone_is_not_taken_for_a_moved_file()
    {
        var folder = Directory.CreateDirectory($"/dev/shm/{Path.GetRandomFileName()}").FullName;
        try
        {
            var file = new PlacedFile(Path.Combine(folder, "a.jpg"), "a.jpg", IsStaged: true);
            _volume.Run().List([file]);
            var copy = Path.Combine(_volume.Layout.HiddenRoot, _volume.Hidden[0], "data", "a.jpg");
            File.WriteAllText(copy, "half");

            var error = await Assert.ThrowsAsync<IngestorException>(
                () => _volume.Run().PlaceAsync(_ => { }, Cancelled));

            Assert.EndsWith("a.jpg does not exist", error.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_staged_file_on_another_mount_is_copied_and_removed_at_the_end()
    {
        var folder = Directory.CreateDirectory($"/dev/shm/{Path.GetRandomFileName()}").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.jpg"), "a");
            var run = _volume.Run();

            await LoadAsync(run, [new PlacedFile(Path.Combine(folder, "a.jpg"), "a.jpg", IsStaged: true)]);
            Assert.Equal(["a.jpg"], VolumeFixture.NamesIn(folder));
            run.Close();

            Assert.Empty(VolumeFixture.NamesIn(folder));
            Assert.Equal(["a.jpg"], _volume.Placed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_was_uploaded_after_the_move_stays()
    {
        var files = _volume.Write(_volume.Staged, "a.jpg");
        await LoadAsync(_volume.Run(), files);
        File.WriteAllText(files[0].Source, "new");

        _volume.Run().Close();

        Assert.Equal("new", File.ReadAllText(files[0].Source));
        Assert.Equal(["a.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task A_run_is_closed_without_its_staging_folder()
    {
        await LoadAsync(_volume.Run(), _volume.Write(_volume.Staged, "a.jpg"));
        Directory.Delete(_volume.Staged);

        _volume.Run().Close();

        Assert.Equal(["a.jpg"], _volume.Placed);
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_ends_the_placing()
    {
        var file = _volume.Write(_volume.Staged, "a.jpg")[0];
        var placer = new FilePlacer(RunFolder.Take(_volume.Layout, Guid.NewGuid()), _ => { });

        await Assert.ThrowsAsync<IOException>(() => placer.PlaceAsync(Broken(), Cancelled));

        IEnumerable<PlacedFile> Broken()
        {
            yield return file;
            throw new IOException("the disk has failed");
        }
    }

    [Fact]
    public async Task Two_files_of_one_name_are_refused()
    {
        var other = _volume.MakeFolder("in/masks");
        var files = _volume.Write(_volume.Elsewhere, "a.png").Concat(_volume.Write(other, "a.png"));

        var error = await Assert.ThrowsAsync<IngestorException>(() => LoadAsync(_volume.Run(), files));

        Assert.Equal("Folder cats has 1 files of 2: two files have one name; rename one of them", error.Message);
        Assert.Empty(_volume.Placed);
    }

    [Fact]
    public async Task A_missing_file_ends_the_run_and_names_it()
    {
        var files = _volume.Write(_volume.Elsewhere, [.. Enumerable.Range(0, 500).Select(i => $"{i}.jpg")]);
        File.Delete(files[3].Source);

        var error = await Assert.ThrowsAsync<IngestorException>(() => LoadAsync(_volume.Run(), files));

        Assert.StartsWith($"File {files[3].Source} could not be placed as 3.jpg: ", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_place_with_files_stays_as_it_is(bool isMarked)
    {
        Directory.CreateDirectory(_volume.Layout.Place);
        File.WriteAllText(Path.Combine(_volume.Layout.Place, "old.jpg"), "old");
        if (isMarked) File.WriteAllText(_volume.Layout.PlaceMarker, "another run");

        var error = await Assert.ThrowsAsync<IngestorException>(
            () => LoadAsync(_volume.Run(), _volume.Write(_volume.Elsewhere, "a.jpg")));

        Assert.Contains("it holds files of another run", error.Message);
        Assert.Contains("old.jpg", _volume.Placed);
        Assert.DoesNotContain("a.jpg", _volume.Placed);
    }

    [Fact]
    public async Task An_empty_place_is_taken()
    {
        Directory.CreateDirectory(_volume.Layout.Place);

        await LoadAsync(_volume.Run(), _volume.Write(_volume.Elsewhere, "a.jpg"));

        Assert.Contains("a.jpg", _volume.Placed);
    }

    [Fact]
    public async Task The_volume_is_observed_as_it_is()
    {
        Assert.Equal(FolderFacts.Free, await RunFolder.ObserveAsync(_volume.Layout, Cancelled));
        Directory.CreateDirectory(_volume.Layout.Place);
        Assert.Equal(FolderFacts.Free, await RunFolder.ObserveAsync(_volume.Layout, Cancelled));
        Directory.Delete(_volume.Layout.Place);

        await LoadAsync(_volume.Run(), _volume.Write(_volume.Elsewhere, "a.jpg"));
        Assert.Equal(new(true, "run-7"), await RunFolder.ObserveAsync(_volume.Layout, Cancelled));

        _volume.Run().Close();
        Assert.Equal(new(true), await RunFolder.ObserveAsync(_volume.Layout, Cancelled));
    }

    [Fact]
    public void A_list_holds_every_name_that_a_file_can_have()
    {
        PlacedFile[] files = [new("/a\n b/ä😀", "\u00e4😀", true), new("/", "x", false), new("", "", true)];
        var list = Path.Combine(_volume.Root, "list");

        PlacementList.Write(list, files);

        Assert.Equal(files, PlacementList.Read(list));
        Assert.Empty(PlacementList.Read(Path.Combine(_volume.Root, "none")));
    }

    private static async Task LoadAsync(VolumeRun run, IEnumerable<PlacedFile> files)
    {
        run.List(files);
        await run.PlaceAsync(_ => { }, Cancelled);
    }
}
