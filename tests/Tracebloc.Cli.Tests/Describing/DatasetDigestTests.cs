using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class DatasetDigestTests : IDisposable
{
    private readonly DataFolder _folder = DataFolder.OfImages();
    private readonly DataFolder _cache = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(200));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task Content_and_description_make_the_digest_and_the_place_does_not()
    {
        using var copy = DataFolder.OfImages();
        var first = await DigestAsync(_folder);

        Assert.Equal(64, first.Length);
        Assert.Equal(first, await DigestAsync(_folder));
        Assert.Equal(first, await DigestAsync(copy));
        copy.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));
        Assert.NotEqual(first, await DigestAsync(copy));
        Assert.NotEqual(first, await DigestAsync(_folder, table: "other"));
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_read_again()
    {
        var first = await DigestAsync(_folder);
        var changed = File.GetLastWriteTimeUtc(_folder["images/a.jpg"]);
        var bytes = await File.ReadAllBytesAsync(_folder["images/a.jpg"], Cancelled);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(_folder["images/a.jpg"], bytes, Cancelled);
        File.SetLastWriteTimeUtc(_folder["images/a.jpg"], changed);

        Assert.Equal(first, await DigestAsync(_folder));

        File.SetLastWriteTimeUtc(_folder["images/a.jpg"], changed.AddSeconds(1));
        Assert.NotEqual(first, await DigestAsync(_folder));
    }

    [Fact]
    public async Task A_file_that_has_just_changed_is_not_remembered()
    {
        var young = new ManualTimeProvider(File.GetLastWriteTimeUtc(_folder["labels.csv"]));
        var cache = new DigestCache(_cache.Path, "x", young);
        await cache.OfAsync(_folder["labels.csv"], Cancelled);
        cache.Save();

        Assert.Equal("", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_cache.Path)), Cancelled));
    }

    [Theory]
    [InlineData("nonsense\n\n 1 2 3\n")]
    [InlineData("\0\uFFFD")]
    public async Task A_spoilt_cache_is_none(string text)
    {
        var first = await DigestAsync(_folder);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(_cache.Path)), text, Cancelled);

        Assert.Equal(first, await DigestAsync(_folder));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_kept()
    {
        var cache = new DigestCache(null, "x", _time);
        cache.Load();
        await cache.OfAsync(_folder["labels.csv"], Cancelled);
        cache.Save();

        Assert.Empty(Directory.GetFiles(_cache.Path));
    }

    [Theory]
    [InlineData("/x/cache", "/home/me", "/x/cache/tracebloc")]
    [InlineData("relative", "/home/me", "/home/me/.cache/tracebloc")]
    [InlineData(null, "/home/me", "/home/me/.cache/tracebloc")]
    [InlineData(null, null, null)]
    public void The_cache_lies_where_the_system_has_caches(string? xdg, string? home, string? folder) =>
        Assert.Equal(folder, CacheFolder.Of(name => name switch
        {
            "XDG_CACHE_HOME" => xdg,
            "HOME" => home,
            _ => null,
        }));

    private async Task<string> DigestAsync(DataFolder folder, string table = "pets")
    {
        using var terminal = new FakeTerminal();
        var dataset = await new DatasetDescriber(terminal.Screen()).DescribeAsync(
            LocalOrigin.Of(folder.Path),
            new() { Category = Categories.Find("image_classification"), Table = table, LabelColumn = "label" },
            Cancelled);
        var cache = new DigestCache(_cache.Path, "pets", _time);
        cache.Load();
        var digest = await DatasetDigest.OfAsync(dataset!, cache, (_, _) => { }, Cancelled);
        cache.Save();
        return digest;
    }
}
