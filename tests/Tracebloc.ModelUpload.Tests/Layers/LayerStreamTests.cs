using System.Formats.Tar;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Layers;

namespace Tracebloc.ModelUpload.Tests.Layers;

public sealed class LayerStreamTests
{
    private static readonly (string Path, byte[] Bytes)[] Files =
    [
        (".hidden/with space", SomeLayer.Bytes(1)),
        ("a/" + new string('n', 255), SomeLayer.Bytes(512)),
        ("a/empty", []),
        ("ünïcode/模型.bin", SomeLayer.Bytes(70_000)),
        (new string('ü', 127) + "/" + new string('x', 200), SomeLayer.Bytes(1025)),
        ("..data", SomeLayer.Bytes(511)),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_layer_is_a_tar_of_its_files_under_models()
    {
        var tar = await SomeLayer.ReadAsync(SomeLayer.Of(Files), 0, Token);

        using var reader = new TarReader(new MemoryStream(tar));
        foreach (var (path, bytes) in Files)
        {
            var entry = await reader.GetNextEntryAsync(copyData: true, Token);
            Assert.Equal("models/" + path, entry?.Name);
            Assert.Equal(bytes, Content(entry));
        }

        Assert.Null(await reader.GetNextEntryAsync(copyData: false, Token));
    }

    [Fact]
    public async Task The_length_is_known_before_the_bytes()
    {
        var layer = SomeLayer.Of(Files);

        Assert.Equal(layer.Length, (await SomeLayer.ReadAsync(layer, 0, Token)).Length);
        Assert.Equal(512L * (3 + 25_165_824), LayerLayout.OfTar([SomeLayer.File("w", 12_884_901_888)]).Length);
        Assert.Equal(512L * (3 + 25_165_825), LayerLayout.OfTar([SomeLayer.File("w", 12_884_901_889)]).Length);
    }

    [Fact]
    public async Task The_same_files_are_the_same_bytes() =>
        Assert.Equal(
            await SomeLayer.ReadAsync(SomeLayer.Of(Files), 0, Token),
            await SomeLayer.ReadAsync(SomeLayer.Of(Files), 0, Token));

    [Fact]
    public async Task From_any_offset_the_rest_is_read()
    {
        var layer = SomeLayer.Of(("a", SomeLayer.Bytes(3)), ("b", []), ("c", SomeLayer.Bytes(512)));
        var whole = await SomeLayer.ReadAsync(layer, 0, Token);

        for (var offset = 0; offset <= whole.Length; offset++)
            Assert.Equal(whole[offset..], await SomeLayer.ReadAsync(layer, offset, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Open(whole.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Open(-1));
    }

    [Fact]
    public void Whatever_the_lengths_and_the_offset_the_rest_is_read() =>
        Prop.ForAll(
            Gen.Choose(0, 2000).ListOf().Where(lengths => lengths.Count is > 0 and < 6).ToArbitrary(),
            Gen.Choose(0, 1000).ToArbitrary(),
            (lengths, permille) => RestIsReadAsync([.. lengths], permille)).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Files_before_the_offset_are_not_opened()
    {
        var opened = new List<(string, long)>();
        var layer = new LayerContent(
            LayerLayout.OfTar([SomeLayer.File("a", 600), SomeLayer.File("b", 600), SomeLayer.File("c", 0)]),
            (file, offset, _) =>
            {
                opened.Add((file.Path.Text, offset));
                return Task.FromResult<Stream>(new MemoryStream(new byte[file.Length - offset]));
            });

        await SomeLayer.ReadAsync(layer, 512 + 1024 + 512 + 100, Token);

        // An empty file is opened as well: its source has to prove that it is empty.
        Assert.Equal([("b", 100), ("c", 0)], opened);
    }

    [Theory]
    [InlineData(9, "File model.bin ended after 9 of 10 bytes: it changed since it was listed; "
        + "start again once nothing writes to it")]
    [InlineData(11, "File model.bin has more than 10 bytes: it changed since it was listed; "
        + "start again once nothing writes to it")]
    public async Task A_file_of_another_length_than_stated_fails_the_layer(int real, string message)
    {
        var layer = SomeLayer.Of(
            [SomeLayer.File("model.bin", 10)], new() { ["model.bin"] = SomeLayer.Bytes(real) });

        var fault = await Assert.ThrowsAsync<UploadException>(() => SomeLayer.ReadAsync(layer, 0, Token));
        Assert.Equal((UploadExit.Source, message), (fault.ExitCode, fault.Message));
    }

    [Fact]
    public async Task A_file_can_be_a_blob_itself()
    {
        var bytes = SomeLayer.Bytes(1000);
        var blob = new LayerContent(
            LayerLayout.OfFile(SomeLayer.File("w", 1000)),
            (_, offset, _) => Task.FromResult<Stream>(new MemoryStream(bytes[(int)offset..])));

        Assert.Equal(bytes.Length, blob.Length);
        Assert.Equal(bytes, await SomeLayer.ReadAsync(blob, 0, Token));
        Assert.Equal(bytes[900..], await SomeLayer.ReadAsync(blob, 900, Token));
    }

    private static byte[] Content(TarEntry? entry)
    {
        using var copy = new MemoryStream();
        entry?.DataStream?.CopyTo(copy);
        return copy.ToArray();
    }

    private static async Task RestIsReadAsync(int[] lengths, int permille)
    {
        var layer = SomeLayer.Of([.. lengths.Select((length, at) => ($"f{at}", SomeLayer.Bytes(length, at)))]);
        var whole = await SomeLayer.ReadAsync(layer, 0, Token);
        var offset = (int)(layer.Length * permille / 1000);

        Assert.Equal(layer.Length, whole.Length);
        Assert.Equal(whole[offset..], await SomeLayer.ReadAsync(layer, offset, Token));
    }
}
