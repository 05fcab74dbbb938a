using System.Buffers.Binary;
using System.IO.Compression;
using Tracebloc.ModelUpload.Archives;

namespace Tracebloc.ModelUpload.Tests.Archives;

public sealed class HostileZipTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData(0xA1FF, "is a symbolic link")]
    [InlineData(0x21B6, "is a device or named pipe")]
    [InlineData(0x11B6, "is a device or named pipe")]
    [InlineData(0xC1B6, "is a device or named pipe")]
    public async Task Links_and_devices_are_refused_by_name(int mode, string fault) => Assert.Equal(
        $"Archive m: entry bad {fault}",
        await _folder.RefuseAsync(
            ArchiveKind.Zip,
            SomeArchive.ZipOf(zip =>
            {
                SomeArchive.AddTo(zip, "ok", "1", 0x81B6);
                SomeArchive.AddTo(zip, "bad", "/etc/passwd", mode);
            })));

    [Fact]
    public async Task A_backslash_is_no_separator_and_refused() => Assert.Equal(
        "Archive m: entry ..\\x has a backslash in its name; pack it with slashes",
        await _folder.RefuseAsync(ArchiveKind.Zip, SomeArchive.Zip(("..\\x", "1"))));

    [Fact]
    public async Task An_encrypted_entry_is_refused()
    {
        var zip = SomeArchive.Zip(("a", "1"));
        zip[6] |= 1;
        zip[Directory(zip) + 8] |= 1;

        Assert.Equal(
            "Archive m: entry a is encrypted; unpack the archive and upload its folder",
            await _folder.RefuseAsync(ArchiveKind.Zip, zip));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_length_that_lies_is_noticed(int stated)
    {
        var zip = SomeArchive.Zip(("a", "12345"));
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(Directory(zip) + 24), stated);

        Assert.StartsWith("Archive m: entry a ", await _folder.RefuseAsync(ArchiveKind.Zip, zip));
    }

    [Fact]
    public async Task A_damaged_byte_is_noticed()
    {
        var zip = SomeArchive.ZipOf(archive =>
        {
            using var stream = archive.CreateEntry("a", CompressionLevel.NoCompression).Open();
            stream.Write(new byte[1000]);
        });
        zip[500] ^= 1;

        Assert.Contains("entry a", await _folder.RefuseAsync(ArchiveKind.Zip, zip));
    }

    [Fact]
    public async Task A_method_that_is_not_known_names_the_entry()
    {
        var zip = SomeArchive.Zip(("a", "1"));
        zip[8] = zip[Directory(zip) + 10] = 14;

        Assert.StartsWith("Archive m: entry a cannot be unpacked: ", await _folder.RefuseAsync(ArchiveKind.Zip, zip));
    }

    [Fact]
    public async Task Every_place_at_which_a_zip_breaks_off_is_noticed()
    {
        var zip = SomeArchive.Zip(("first", "1"), ("second", "2"));

        for (var length = 0; length < zip.Length; length++)
            Assert.StartsWith("Archive m", await _folder.RefuseAsync(ArchiveKind.Zip, zip[..length]));
    }

    [Fact]
    public async Task An_archive_without_files_is_refused()
    {
        Assert.Equal("Archive m holds no file", await _folder.RefuseAsync(ArchiveKind.Zip, SomeArchive.Zip()));
        Assert.Equal(
            "Archive m holds no file",
            await _folder.RefuseAsync(ArchiveKind.Zip, SomeArchive.ZipOf(zip => zip.CreateEntry("folder/"))));
    }

    [Fact]
    public async Task A_zip64_is_unpacked()
    {
        var zip = WithZip64End(SomeArchive.Zip(("a", "1"), ("b", "2")));

        await _folder.UnpackAsync(ArchiveKind.Zip, zip);

        Assert.Equal(["a=1", "b=2"], _folder.Files);
    }

    [Theory]
    [InlineData(8, long.MaxValue)]
    [InlineData(8, -1)]
    public async Task A_zip64_whose_list_is_elsewhere_is_refused(int field, long value)
    {
        var zip = WithZip64End(SomeArchive.Zip(("a", "1")));
        var locator = zip.AsSpan().LastIndexOf("PK\u0006\u0007"u8);
        BinaryPrimitives.WriteInt64LittleEndian(zip.AsSpan(locator + field), value);

        Assert.Equal(
            "Archive m is damaged: its list of entries is not where its end says",
            await _folder.RefuseAsync(ArchiveKind.Zip, zip));
    }

    public void Dispose() => _folder.Dispose();

    private static int Directory(byte[] zip) => zip.AsSpan().IndexOf("PK\u0001\u0002"u8);

    /// <summary>The same list of entries with an end that states all in 64 bits.</summary>
    private static byte[] WithZip64End(byte[] zip)
    {
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var count = zip[end + 10];
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(zip.AsSpan(0, end));
        writer.Write("PK\u0006\u0006"u8);
        writer.Write(44L);
        writer.Write([45, 0, 45, 0]);
        writer.Write(0);
        writer.Write(0);
        writer.Write((long)count);
        writer.Write((long)count);
        writer.Write((long)BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(end + 12)));
        writer.Write((long)BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(end + 16)));
        writer.Write("PK\u0006\u0007"u8);
        writer.Write(0);
        writer.Write((long)end);
        writer.Write(1);
        writer.Write("PK\u0005\u0006"u8);
        writer.Write(0);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
        return file.ToArray();
    }
}
