using Tracebloc.ModelUpload.Archives;

namespace Tracebloc.ModelUpload.Tests.Archives;

public sealed class ArchiveBoundsTests : IDisposable
{
    private const string Remedy = "; unpack it and upload its folder";

    private readonly ScratchFolder _folder = new();

    public static TheoryData<object> Compressed =>
        [ArchiveKind.Zip, ArchiveKind.TarGzip, ArchiveKind.TarBzip2, ArchiveKind.TarZstd];

    public static TheoryData<object> Tars =>
        [ArchiveKind.TarGzip, ArchiveKind.TarBzip2, ArchiveKind.TarXz, ArchiveKind.TarZstd];

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task A_bomb_is_refused_by_its_ratio(object kind)
    {
        var bomb = Packed((ArchiveKind)kind, ("a", new string('0', 4_000_000)));

        Assert.Equal(
            $"Archive m unpacks to more than 20 times its {bomb.Length} bytes{Remedy}",
            await _folder.RefuseAsync((ArchiveKind)kind, bomb, new() { MaxRatio = 20, FreeBytes = 100_000 }));
    }

    [Theory]
    [MemberData(nameof(Compressed))]
    public async Task The_bytes_of_all_files_are_bounded(object kind) => Assert.Equal(
        $"Archive m unpacks to more than 5000 bytes{Remedy}",
        await _folder.RefuseAsync(
            (ArchiveKind)kind,
            Packed((ArchiveKind)kind, ("a", new string('0', 2500)), ("b", new string('0', 2501))),
            new() { MaxBytes = 5000 }));

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task The_number_of_entries_is_bounded(int limit, bool isRefused)
    {
        foreach (var kind in (ArchiveKind[])[ArchiveKind.Zip, ArchiveKind.Tar])
        {
            using var folder = new ScratchFolder();
            var archive = kind == ArchiveKind.Zip
                ? SomeArchive.Zip(("a", "1"), ("b", "2"))
                : SomeArchive.TarOf(
                    System.Formats.Tar.TarEntryFormat.Ustar,
                    SomeArchive.File(System.Formats.Tar.TarEntryFormat.Ustar, "a", "1"),
                    SomeArchive.File(System.Formats.Tar.TarEntryFormat.Ustar, "b", "2"));
            if (isRefused)
                Assert.Equal(
                    $"Archive m has more than 1 entries{Remedy}",
                    await folder.RefuseAsync(kind, archive, new() { MaxEntries = limit }));
            else
                Assert.Equal(2, (await folder.UnpackAsync(kind, archive, new() { MaxEntries = limit })).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Tars))]
    public async Task A_compressed_tar_that_breaks_off_is_refused(object kind)
    {
        var content = new byte[40_000];
        new Random(1).NextBytes(content);
        var packed = Packed((ArchiveKind)kind, ("a", Convert.ToHexString(content)), ("b", "2"));

        foreach (var length in (int[])[20, packed.Length / 2, packed.Length - 30])
            Assert.StartsWith("Archive m", await _folder.RefuseAsync((ArchiveKind)kind, packed[..length]));
    }

    [Theory]
    [MemberData(nameof(Tars))]
    public async Task A_file_that_is_no_archive_of_its_kind_is_refused(object kind) => Assert.Equal(
        $"Archive m is no {kind} as its name says; correct its name",
        await _folder.RefuseAsync((ArchiveKind)kind, SomeArchive.Zip(("a", "1"))));

    [Fact]
    public async Task An_xz_that_asks_for_gigabytes_is_refused() => Assert.Equal(
        "Archive m needs more than 64 MiB of memory; pack it with xz -9 or less",
        await _folder.RefuseAsync(ArchiveKind.TarXz, XzFile.Of(SomeArchive.Tar(("a", "1")), dictionary: 37)));

    [Fact]
    public async Task A_run_that_is_ended_leaves_an_empty_folder()
    {
        using var ended = new CancellationTokenSource();
        var archive = new EndingStream(SomeArchive.Zip(("a", "1"), ("b", "2")), _folder.Path, ended);

        var unpacker = new ArchiveUnpacker(new ArchiveLimits());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unpacker.UnpackAsync(
            new ArchiveFile("m", ArchiveKind.Zip, archive), _folder.Path, ended.Token));

        Assert.True(ended.IsCancellationRequested);
        Assert.True(_folder.IsEmpty);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Packed(ArchiveKind kind, params (string, string)[] files) => kind == ArchiveKind.Zip
        ? SomeArchive.Zip(files)
        : SomeArchive.Packed(kind, SomeArchive.Tar(files));

    /// <summary>Ends the run as soon as it is read with a file in the folder.</summary>
    private sealed class EndingStream(byte[] bytes, string folder, CancellationTokenSource ended) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                ended.Cancel();
            return base.Read(buffer, offset, count);
        }
    }
}
