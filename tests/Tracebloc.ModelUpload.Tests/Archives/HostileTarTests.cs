using System.Formats.Tar;
using System.Text;
using Tracebloc.ModelUpload.Archives;
using Tracebloc.ModelUpload.Layers;

namespace Tracebloc.ModelUpload.Tests.Archives;

public sealed class HostileTarTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string, string> Names => new()
    {
        { "/etc/passwd", "entry /etc/passwd is absolute" },
        { "../x", "entry ../x has the segment .." },
        { "a/../../x", "entry a/../../x has the segment .." },
        { "a//b", "entry a//b has an empty segment" },
        { "ok", "entry ok is there twice" },
        { "OK", "entry OK differs from ok in case alone" },
        { "ok/x", "entry ok/x needs ok as a folder, which is a file" },
        { new string('n', 256), $"entry {new string('n', 256)} has a segment of more than 255 bytes" },
        { string.Join('/', Enumerable.Repeat("d", 65)), "lies more than 64 folders deep" },
        { string.Join('/', Enumerable.Repeat(new string('d', 240), 18)), "has a name of more than 4096 bytes" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_that_leaves_the_folder_or_meets_another_is_refused(string name, string fault)
    {
        Assert.Contains(fault, await _folder.RefuseAsync(ArchiveKind.Tar, SomeArchive.Tar(("ok", "1"), (name, "2"))));
        Assert.Contains(fault, await _folder.RefuseAsync(ArchiveKind.Zip, SomeArchive.Zip(("ok", "1"), (name, "2"))));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "is a symbolic link")]
    [InlineData(TarEntryType.HardLink, "is a hard link")]
    [InlineData(TarEntryType.CharacterDevice, "is a device")]
    [InlineData(TarEntryType.BlockDevice, "is a device")]
    [InlineData(TarEntryType.Fifo, "is a named pipe")]
    public async Task Links_and_devices_are_refused_by_name(TarEntryType type, string fault)
    {
        var entry = new PaxTarEntry(type, "dir/bad");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = "/etc/passwd";

        Assert.Equal(
            $"Archive m: entry dir/bad {fault}",
            await _folder.RefuseAsync(ArchiveKind.Tar, SomeArchive.TarOf(TarEntryFormat.Pax, Ok(), entry)));
    }

    [Theory]
    [InlineData('S', "is a sparse file; pack it without --sparse")]
    [InlineData('M', "is of the unknown type 'M'")]
    public async Task A_type_whose_content_is_no_file_is_refused(char type, string fault)
    {
        var header = TarHeader.Of("bad", 0);
        header[156] = (byte)type;

        Assert.Equal($"Archive m: entry bad {fault}", await RefuseAsync(Summed(header)));
    }

    [Fact]
    public async Task A_sparse_file_of_PAX_is_refused()
    {
        var entry = new PaxTarEntry(
            TarEntryType.RegularFile, "a", new Dictionary<string, string> { ["GNU.sparse.major"] = "1" });

        var tar = SomeArchive.TarOf(TarEntryFormat.Pax, entry);

        Assert.Contains("is a sparse file", await _folder.RefuseAsync(ArchiveKind.Tar, tar));
    }

    [Theory]
    [InlineData("path=x")]
    [InlineData("size=7")]
    public async Task Records_that_name_all_files_alike_are_refused(string record)
    {
        var parts = record.Split('=');
        var all = new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { [parts[0]] = parts[1] });

        Assert.Equal(
            "Archive m: entry ok follows PAX records that name all files alike",
            await _folder.RefuseAsync(ArchiveKind.Tar, SomeArchive.TarOf(TarEntryFormat.Pax, all, Ok())));
    }

    [Theory]
    [InlineData("9 path=x")]
    [InlineData("x path=a\n")]
    [InlineData("999 path=a\n")]
    [InlineData("3 a\n")]
    [InlineData("12 size=-1\nx")]
    [InlineData("11 size=a\n\n")]
    public async Task Records_that_cannot_be_read_are_refused(string records)
    {
        var header = TarHeader.Of("x", records.Length);
        header[156] = (byte)'x';
        var content = Encoding.ASCII.GetBytes(records.PadRight(512, '\0'));

        Assert.Contains(" has ", await RefuseAsync([.. Summed(header), .. content, .. TarHeader.Of("ok", 0)]));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('L')]
    [InlineData('K')]
    [InlineData('g')]
    public async Task A_header_of_gigabytes_takes_no_memory(char type)
    {
        var header = TarHeader.Of("x", 2_000_000_000);
        header[156] = (byte)type;

        Assert.Equal("Archive m breaks off or is damaged at its beginning", await RefuseAsync(Summed(header)));
    }

    [Fact]
    public async Task Every_place_at_which_a_tar_breaks_off_is_noticed()
    {
        var tar = SomeArchive.TarOf(
            TarEntryFormat.Ustar,
            SomeArchive.File(TarEntryFormat.Ustar, "first", "1"),
            SomeArchive.File(TarEntryFormat.Ustar, "second", new string('2', 600)));
        var end = tar.Length - 1024;

        for (var length = 512; length < end; length += 128)
            Assert.StartsWith("Archive m: entry ", await _folder.RefuseAsync(ArchiveKind.Tar, tar[..length]));
        Assert.Equal(
            "Archive m: entry second breaks off after 100 of 600 bytes",
            await _folder.RefuseAsync(ArchiveKind.Tar, tar[..(3 * 512 + 100)]));
    }

    [Fact]
    public async Task A_damaged_header_is_noticed()
    {
        var tar = SomeArchive.Tar(("a", "1"), ("b", "2"));
        var second = tar.AsSpan().LastIndexOf("ustar"u8) - 257;
        tar[second + 1]++;

        Assert.Equal(
            "Archive m: entry a is followed by a damaged header", await _folder.RefuseAsync(ArchiveKind.Tar, tar));
    }

    [Fact]
    public async Task A_negative_length_is_refused()
    {
        var header = TarHeader.Of("x", 0);
        header.AsSpan(124, 12).Fill(0xFF);

        Assert.Contains("damaged", await RefuseAsync(Summed(header)));
    }

    public void Dispose() => _folder.Dispose();

    private static TarEntry Ok() => SomeArchive.File(TarEntryFormat.Pax, "ok", "1");

    private Task<string> RefuseAsync(byte[] start) =>
        _folder.RefuseAsync(ArchiveKind.Tar, [.. start, .. new byte[1024]]);

    private static byte[] Summed(byte[] header)
    {
        "        "u8.CopyTo(header.AsSpan(148));
        var sum = header.Take(512).Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0").CopyTo(header, 148);
        return header;
    }
}
