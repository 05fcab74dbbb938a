using System.Globalization;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class VersionMapTests
{
    private const string Uid = "0a1b2c3d-0000-1111-2222-333344445555";

    [Fact]
    public void A_uid_is_found_as_it_is_spelt()
    {
        string[] uids =
            [Uid, Uid.ToUpperInvariant(), Uid.Replace("-", "", StringComparison.Ordinal), $"{{{Uid}}}", "x", ""];
        var map = new VersionMap();

        foreach (var (place, uid) in uids.Index())
            map[uid] = new StoredVersion((ulong)place, RowState.Live);

        Assert.Equal(uids.Length, map.Count);
        Assert.Equal(uids.Order(StringComparer.Ordinal), map.Uids.Order(StringComparer.Ordinal));
        foreach (var (place, uid) in uids.Index())
            Assert.Equal((true, (ulong)place), (map.TryGet(uid, out var found), found.Version));
        Assert.True(map.Remove(Uid));
        Assert.False(map.Remove(Uid));
        Assert.False(map.TryGet(Uid, out _));
        Assert.True(map.TryGet(Uid.ToUpperInvariant(), out _));
    }

    [Fact]
    public void A_later_version_takes_the_place_of_an_earlier_one()
    {
        var map = new VersionMap
        {
            [Uid] = new(ulong.MaxValue, RowState.Live),
        };

        map[Uid] = new(7, RowState.Evicted);

        Assert.Equal((true, new StoredVersion(7, RowState.Evicted)), (map.TryGet(Uid, out var found), found));
        Assert.Equal(1, map.Count);
    }

    [Fact]
    public void A_hundred_thousand_rows_take_less_than_ten_mebibytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var map = new VersionMap();

        for (var i = 0; i < 100_000; i++)
            map[string.Create(CultureInfo.InvariantCulture, $"{i:x8}-0000-1111-2222-333344445555")] =
                new StoredVersion((ulong)i, RowState.Live);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 1 << 20, 10 << 20);
        GC.KeepAlive(map);
    }
}
