using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using Tracebloc.ModelUpload.Layers;

namespace Tracebloc.ModelUpload.Tests.Layers;

public sealed class TarHeaderTests
{
    [Fact]
    public void A_header_holds_nothing_of_the_machine_that_made_it()
    {
        var header = TarHeader.Of("models/config.json", 5);
        using var reader = new TarReader(new MemoryStream([.. header, .. new byte[512 + 1024]]));

        var entry = Assert.IsType<GnuTarEntry>(reader.GetNextEntry());
        Assert.Equal("models/config.json", entry.Name);
        Assert.Equal((TarEntryType.RegularFile, 5, 0, 0), (entry.EntryType, entry.Length, entry.Uid, entry.Gid));
        Assert.Equal(("", ""), (entry.UserName, entry.GroupName));
        Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime);
        Assert.Equal("664", Convert.ToString((int)entry.Mode, 8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData((1L << 33) - 1)]
    [InlineData(1L << 33)]
    [InlineData(12_884_901_888)]
    [InlineData(60_000_000_000_000)]
    public void Lengths_are_read_back_above_8_GiB_too(long length)
    {
        var header = TarHeader.Of("models/weights.bin", length);

        Assert.Equal(length, Size(header));
        Assert.Equal(length >= 1L << 33, header[124] == 0x80);
    }

    [Theory]
    [InlineData(93, 512)]
    [InlineData(94, 3 * 512)]
    [InlineData(255, 3 * 512)]
    public void A_name_of_more_than_100_bytes_has_an_entry_of_its_own(int segment, int length)
    {
        var name = "models/" + new string('a', segment);
        var header = TarHeader.Of(name, 0);
        using var reader = new TarReader(new MemoryStream([.. header, .. new byte[1024]]));

        Assert.Equal((length, length), (header.Length, TarHeader.LengthOf(name)));
        Assert.Equal(name, reader.GetNextEntry()?.Name);
        Assert.Equal(length > 512, header.AsSpan().StartsWith("././@LongLink\0"u8));
    }

    [Fact]
    public void A_long_name_is_measured_in_bytes()
    {
        var name = "models/" + new string('ü', 127);

        Assert.Equal(3 * 512, TarHeader.LengthOf(name));
        Assert.Equal(Encoding.UTF8.GetBytes(name), TarHeader.Of(name, 1).AsSpan(512, 261).ToArray());
    }

    private static long Size(ReadOnlySpan<byte> header) => header[124] == 0x80
        ? BinaryPrimitives.ReadInt64BigEndian(header[128..])
        : Convert.ToInt64(Encoding.ASCII.GetString(header.Slice(124, 11)), 8);
}
