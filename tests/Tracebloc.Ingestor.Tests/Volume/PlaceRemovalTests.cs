using System.Security.Cryptography;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Volume;

public sealed class PlaceRemovalTests : IDisposable
{
    private readonly VolumeFixture _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task The_folder_of_a_data_set_goes_and_all_else_stays()
    {
        var run = _volume.Run();
        run.List(_volume.Write(_volume.Elsewhere, "a.jpg", "b.jpg"));
        await run.PlaceAsync(_ => { }, VolumeFixture.Cancelled);
        run.Close();
        _volume.Write(_volume.MakeFolder("cats_too"), "c.jpg");

        PlaceRemoval.Remove(_volume.Layout);

        Assert.False(Directory.Exists(_volume.Layout.Place));
        Assert.Empty(_volume.Hidden);
        Assert.Equal(["a.jpg", "b.jpg"], VolumeFixture.NamesIn(_volume.Elsewhere));
        Assert.Equal(["c.jpg"], VolumeFixture.NamesIn(Path.Combine(_volume.Root, "cats_too")));
    }

    [Fact]
    public void What_an_attempt_that_was_killed_has_left_goes_with_the_next()
    {
        var left = $"deleted-{Convert.ToHexStringLower(SHA256.HashData("cats"u8))[..32]}-0";
        _volume.Write(_volume.MakeFolder($".tracebloc/{left}"), "a.jpg");
        _volume.Write(_volume.MakeFolder(".tracebloc/deleted-of-another"), "b.jpg");

        PlaceRemoval.Remove(_volume.Layout);

        Assert.Equal(["deleted-of-another"], _volume.Hidden);
    }

    [Fact]
    public void A_link_in_the_place_is_left_with_what_it_leads_to()
    {
        var elsewhere = _volume.MakeFolder("elsewhere");
        _volume.Write(elsewhere, "a.jpg");
        Directory.CreateSymbolicLink(_volume.Layout.Place, elsewhere);

        var fault = Assert.Throws<IngestorException>(() => PlaceRemoval.Remove(_volume.Layout));

        Assert.Contains("could not be removed: it is no folder; remove it by hand", fault.Message);
        Assert.True(fault.IsFinal);
        Assert.Equal(["a.jpg"], VolumeFixture.NamesIn(elsewhere));
    }

    [Fact]
    public void A_link_in_the_folder_goes_and_what_it_leads_to_stays()
    {
        var elsewhere = _volume.MakeFolder("elsewhere");
        _volume.Write(elsewhere, "a.jpg");
        Directory.CreateSymbolicLink(Path.Combine(_volume.MakeFolder("cats"), "link"), elsewhere);

        PlaceRemoval.Remove(_volume.Layout);

        Assert.False(Directory.Exists(_volume.Layout.Place));
        Assert.Equal(["a.jpg"], VolumeFixture.NamesIn(elsewhere));
    }
}
