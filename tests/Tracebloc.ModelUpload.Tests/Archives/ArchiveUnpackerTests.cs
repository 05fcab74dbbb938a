using System.Formats.Tar;
using Tracebloc.ModelUpload.Archives;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Archives;

public sealed class ArchiveUnpackerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<object> Kinds => [.. Enum.GetValues<ArchiveKind>().Cast<object>()];

    public static TheoryData<TarEntryFormat> Formats =>
        [TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_is_unpacked(object kind)
    {
        (string, string)[] files = [("./tok/config.json", "{}"), ("weights.bin", new string('w', 300_000)), (".é", "")];

        var unpacked = await _folder.UnpackAsync((ArchiveKind)kind, Packed((ArchiveKind)kind, files));

        Assert.Equal([".é", "tok/config.json", "weights.bin"], unpacked.Select(file => file.Path.Text));
        Assert.Equal([0L, 2, 300_000], unpacked.Select(file => file.Length));
        Assert.Equal(Digest.Of("{}"u8), unpacked[1].Content);
        Assert.Equal([".é=", "tok/config.json={}", $"weights.bin={new string('w', 300_000)}"], _folder.Files);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_format_of_tar_is_read(TarEntryFormat format)
    {
        var tar = SomeArchive.TarOf(
            format,
            SomeArchive.Entry(format, TarEntryType.Directory, "a/"),
            SomeArchive.File(format, "a/b", "1"),
            SomeArchive.File(format, "c", "2"));

        await _folder.UnpackAsync(ArchiveKind.Tar, tar);

        Assert.Equal(["a/b=1", "c=2"], _folder.Files);
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar, 90, 90)]
    [InlineData(TarEntryFormat.Pax, 200, 255)]
    [InlineData(TarEntryFormat.Gnu, 200, 255)]
    public async Task Long_names_are_read(TarEntryFormat format, int folder, int name)
    {
        var path = $"{new string('f', folder)}/{new string('n', name)}";

        await _folder.UnpackAsync(
            ArchiveKind.Tar, SomeArchive.TarOf(format, SomeArchive.File(format, path, "1")));

        Assert.Equal([$"{path}=1"], _folder.Files);
    }

    [Fact]
    public async Task A_comment_for_all_files_and_an_entry_for_the_folder_itself_are_left_out()
    {
        var tar = SomeArchive.TarOf(
            TarEntryFormat.Pax,
            new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "c0ffee" }),
            SomeArchive.Entry(TarEntryFormat.Pax, TarEntryType.Directory, "./"),
            SomeArchive.File(TarEntryFormat.Pax, "./a", "1"));

        await _folder.UnpackAsync(ArchiveKind.Tar, tar);

        Assert.Equal(["a=1"], _folder.Files);
    }

    [Fact]
    public async Task An_empty_folder_is_asked_for()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "mine"), "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ArgumentException>(
            () => _folder.UnpackAsync(ArchiveKind.Zip, SomeArchive.Zip(("a", ""))));
        Assert.Equal(["mine="], _folder.Files);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Packed(ArchiveKind kind, (string, string)[] files) => kind == ArchiveKind.Zip
        ? SomeArchive.Zip(files)
        : SomeArchive.Packed(kind, SomeArchive.Tar(files));
}
