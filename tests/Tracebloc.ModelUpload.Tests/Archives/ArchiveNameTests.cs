using Tracebloc.ModelUpload.Archives;

namespace Tracebloc.ModelUpload.Tests.Archives;

public sealed class ArchiveNameTests
{
    [Theory]
    [InlineData("model.zip", ArchiveKind.Zip)]
    [InlineData("MODEL.ZIP", ArchiveKind.Zip)]
    [InlineData("m.tar", ArchiveKind.Tar)]
    [InlineData("m.tar.gz", ArchiveKind.TarGzip)]
    [InlineData("m.tgz", ArchiveKind.TarGzip)]
    [InlineData("m.tar.bz2", ArchiveKind.TarBzip2)]
    [InlineData("m.tbz2", ArchiveKind.TarBzip2)]
    [InlineData("m.tar.xz", ArchiveKind.TarXz)]
    [InlineData("m.txz", ArchiveKind.TarXz)]
    [InlineData("m.tar.zst", ArchiveKind.TarZstd)]
    [InlineData("m.tzst", ArchiveKind.TarZstd)]
    public void An_archive_is_known_by_the_end_of_its_name(string name, object kind) =>
        Assert.Equal(kind, ArchiveName.KindOf(name));

    [Theory]
    [InlineData("weights.gz")]
    [InlineData("model.safetensors")]
    [InlineData("wheel.whl")]
    [InlineData("zip")]
    public void Any_other_file_is_moved_as_it_is(string name) => Assert.Null(ArchiveName.KindOf(name));
}
