using Tracebloc.Ingestor.Volume;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Tests.Volume;

/// <summary>The files of a data set take the place of those of a former one.</summary>
public sealed class PlaceSwapTests : IDisposable
{
    private readonly VolumeFixture _volume = new();

    public PlaceSwapTests() => _volume.Write(_volume.MakeFolder("cats"), "old.jpg", "both.jpg");

    private string Data => Path.Combine(_volume.Layout.HiddenRoot, _volume.Hidden[0], "data");

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Until_the_swap_the_former_files_are_in_their_place()
    {
        await GatherAsync();

        Assert.Equal(["both.jpg", "old.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task The_new_files_take_the_place_and_nothing_is_left_of_the_former_ones()
    {
        var run = await GatherAsync();

        run.Swap();
        run.Close();

        Assert.Equal(["both.jpg", "new.jpg"], _volume.Placed);
        Assert.Equal("new", File.ReadAllText(Path.Combine(_volume.Layout.Place, "both.jpg")));
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task A_swap_that_was_done_is_not_done_again()
    {
        await GatherAsync();

        _volume.Run().Swap();
        _volume.Run().Swap();

        Assert.Equal([VolumeLayout.Marker, "both.jpg", "new.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task A_swap_that_was_killed_after_the_exchange_removes_the_former_files()
    {
        await GatherAsync();
        File.WriteAllText(Path.Combine(Data, VolumeLayout.Marker), "run-7");
        Assert.Equal(RenameResult.Done, VolumeFile.TryExchange(Data, _volume.Layout.Place));

        _volume.Run().Swap();

        Assert.Equal([VolumeLayout.Marker, "both.jpg", "new.jpg"], _volume.Placed);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Without_exchange_a_swap_that_was_killed_between_two_renames_is_finished()
    {
        await GatherAsync();
        PlaceRemoval.TakeAway(_volume.Layout);
        Assert.Empty(_volume.Placed);

        var run = _volume.Run();
        run.Swap();
        run.Close();

        Assert.Equal(["both.jpg", "new.jpg"], _volume.Placed);
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task A_former_data_set_without_files_has_no_place_to_give()
    {
        Directory.Delete(_volume.Layout.Place, recursive: true);
        await GatherAsync();

        _volume.Run().Swap();

        Assert.Equal([VolumeLayout.Marker, "both.jpg", "new.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task The_former_files_stay_where_the_new_ones_are_gone()
    {
        await GatherAsync();
        Directory.Delete(_volume.Layout.HiddenRoot, recursive: true);

        var fault = Assert.Throws<IngestorException>(() => _volume.Run().Swap());

        Assert.Contains("was not replaced: the new files are no longer in", fault.Message);
        Assert.Equal(["both.jpg", "old.jpg"], _volume.Placed);
    }

    [Fact]
    public async Task A_link_in_the_place_is_not_replaced()
    {
        var elsewhere = _volume.MakeFolder("elsewhere");
        await GatherAsync();
        Directory.Move(_volume.Layout.Place, Path.Combine(elsewhere, "cats"));
        Directory.CreateSymbolicLink(_volume.Layout.Place, Path.Combine(elsewhere, "cats"));

        Assert.Throws<IngestorException>(() => _volume.Run().Swap());

        Assert.Equal(["both.jpg", "old.jpg"], VolumeFixture.NamesIn(Path.Combine(elsewhere, "cats")));
    }

    [Fact]
    public async Task A_run_that_is_undone_before_its_swap_gives_its_files_back_and_leaves_the_former_ones()
    {
        await GatherAsync();

        _volume.Run().Undo();

        Assert.Equal(["both.jpg", "new.jpg"], VolumeFixture.NamesIn(_volume.Staged));
        Assert.Equal(["both.jpg", "old.jpg"], _volume.Placed);
        Assert.Empty(_volume.Hidden);
    }

    [Fact]
    public async Task Files_that_are_gathered_again_stay_as_they_are()
    {
        await GatherAsync();

        await _volume.Run().GatherAsync(_ => { }, VolumeFixture.Cancelled);

        Assert.Equal(["both.jpg", "new.jpg"], VolumeFixture.NamesIn(Data));
    }

    private async Task<VolumeRun> GatherAsync()
    {
        var files = _volume.Write(_volume.Staged, "new.jpg", "both.jpg");
        foreach (var file in files) File.WriteAllText(file.Source, "new");
        var run = _volume.Run();
        run.List(files);
        await run.GatherAsync(_ => { }, VolumeFixture.Cancelled);
        return run;
    }
}
