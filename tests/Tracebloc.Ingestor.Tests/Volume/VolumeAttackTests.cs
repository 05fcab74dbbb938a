using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Volume;

/// <summary>Other pods write to the volume as well: links and swapped files lead nowhere.</summary>
public sealed class VolumeAttackTests : IDisposable
{
    private readonly VolumeFixture _volume = new();
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("outside-");

    private static CancellationToken Cancelled => VolumeFixture.Cancelled;

    private string Secret => Path.Combine(_outside.FullName, "secret.jpg");

    public VolumeAttackTests() => File.WriteAllText(Secret, "secret");

    public void Dispose()
    {
        _outside.Delete(recursive: true);
        _volume.Dispose();
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/proc/self/environ")]
    [InlineData("in/../../../../../../../etc/passwd")]
    [InlineData("link/secret.jpg")]
    [InlineData("/data/shared/../../../../../../etc/passwd")]
    public void A_path_that_leaves_the_volume_is_refused(string path)
    {
        Directory.CreateSymbolicLink(Path.Combine(_volume.Root, "link"), _outside.FullName);

        var error = Assert.Throws<IngestorException>(() => _volume.Layout.Resolve("csv", path));

        Assert.Equal(IngestorExit.Usage, error.ExitCode);
        Assert.Contains("is not on the volume", error.Message);
    }

    [Fact]
    public void A_volume_whose_name_is_a_prefix_is_another_one() => Assert.Throws<IngestorException>(
        () => _volume.Layout.Resolve("csv", Directory.CreateDirectory($"{_volume.Root}-2").FullName));

    [Fact]
    public void A_link_within_the_volume_leads_to_its_file()
    {
        File.WriteAllText(Path.Combine(_volume.Elsewhere, "a.csv"), "a");
        Directory.CreateSymbolicLink(Path.Combine(_volume.Root, "link"), _volume.Elsewhere);

        Assert.Equal(Path.Combine(_volume.Elsewhere, "a.csv"), _volume.Layout.Resolve("csv", "link/a.csv"));
    }

    [Fact]
    public void The_volume_is_mounted_anywhere()
    {
        File.WriteAllText(Path.Combine(_volume.Elsewhere, "a.csv"), "a");

        Assert.Equal(
            Path.Combine(_volume.Elsewhere, "a.csv"), _volume.Layout.Resolve("csv", "/data/shared/in/images/a.csv"));
    }

    [Fact]
    public void A_missing_path_is_named_with_its_key()
    {
        var error = Assert.Throws<IngestorException>(() => _volume.Layout.Resolve("csv", "in/none.csv"));

        Assert.Equal(
            (IngestorExit.Failed,
                $"csv: {_volume.Root}/in/none.csv does not exist; check the path and that the data was uploaded"),
            (error.ExitCode, error.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_became_a_link_is_neither_copied_nor_moved(bool isStaged)
    {
        var folder = isStaged ? _volume.Staged : _volume.Elsewhere;
        var files = _volume.Write(folder, "a.jpg");
        File.Delete(files[0].Source);
        File.CreateSymbolicLink(files[0].Source, Secret);

        await RefuseAsync(files);

        Assert.NotNull(new FileInfo(files[0].Source).LinkTarget);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_that_became_a_link_is_not_read(bool isStaged)
    {
        var folder = isStaged ? _volume.Staged : _volume.Elsewhere;
        var files = _volume.Write(folder, "secret.jpg");
        Replace(folder);

        await RefuseAsync(files);

        Assert.True(File.Exists(Secret));
    }

    [Fact]
    public async Task A_file_is_not_moved_back_through_a_link()
    {
        var run = _volume.Run();
        run.List(_volume.Write(_volume.Staged, "a.jpg"));
        await run.PlaceAsync(_ => { }, Cancelled);
        Replace(_volume.Staged);

        var error = Assert.Throws<IngestorException>(() => _volume.Run().Undo());

        Assert.EndsWith("could not be moved back: its folder is a link; put a folder there", error.Message);
        Assert.Equal(["secret.jpg"], VolumeFixture.NamesIn(_outside.FullName));
        File.Delete(_volume.Staged);
        Directory.CreateDirectory(_volume.Staged);
        _volume.Run().Undo();
        Assert.Equal(["a.jpg"], VolumeFixture.NamesIn(_volume.Staged));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_stays_where_it_is()
    {
        var files = _volume.Write(_volume.Staged, "a.jpg");
        File.Delete(files[0].Source);
        Directory.CreateDirectory(files[0].Source);

        await RefuseAsync(files);

        Assert.True(Directory.Exists(files[0].Source));
    }

    [Fact]
    public async Task A_link_in_place_of_the_data_set_s_folder_is_refused()
    {
        Directory.CreateSymbolicLink(_volume.Layout.Place, _outside.FullName);

        Assert.True((await RunFolder.ObserveAsync(_volume.Layout, Cancelled)).HasFiles);
        await RefuseAsync(_volume.Write(_volume.Elsewhere, "a.jpg"));

        Assert.Equal(["secret.jpg"], VolumeFixture.NamesIn(_outside.FullName));
    }

    [Fact]
    public async Task A_link_among_the_placed_files_is_removed_itself_by_the_undo()
    {
        var run = _volume.Run();
        run.List(_volume.Write(_volume.Elsewhere, "a.jpg"));
        await run.PlaceAsync(_ => { }, Cancelled);
        Directory.CreateSymbolicLink(Path.Combine(_volume.Layout.Place, "link"), _outside.FullName);

        _volume.Run().Undo();

        Assert.Equal(["secret.jpg"], VolumeFixture.NamesIn(_outside.FullName));
        Assert.Empty(_volume.Placed);
    }

    [Fact]
    public void A_key_of_any_letters_names_a_hidden_folder_of_its_own()
    {
        var layout = _volume.Layout with { RunKey = "../../etc" };

        Assert.StartsWith($"{layout.HiddenRoot}/", layout.FolderOf(Guid.NewGuid()));
        Assert.DoesNotContain("..", layout.FolderPrefix);
        Assert.NotEqual(_volume.Layout.FolderPrefix, layout.FolderPrefix);
    }

    private void Replace(string folder)
    {
        Directory.Delete(folder, recursive: true);
        Directory.CreateSymbolicLink(folder, _outside.FullName);
    }

    private async Task RefuseAsync(IReadOnlyList<PlacedFile> files)
    {
        var run = _volume.Run();
        run.List(files);
        await Assert.ThrowsAsync<IngestorException>(() => run.PlaceAsync(_ => { }, Cancelled));
        var copied = Directory.EnumerateFiles(_volume.Root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        });
        Assert.DoesNotContain(copied, file => File.ReadAllText(file) == "secret");
    }
}
