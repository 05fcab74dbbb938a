using Tracebloc.ModelUpload.Archives;

namespace Tracebloc.ModelUpload.Tests.Archives;

/// <summary>An empty folder, and unpacking into it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("unpacked-").FullName;

    public ScratchFolder() => Path = Directory.CreateDirectory(System.IO.Path.Combine(_root, "target")).FullName;

    public string Path { get; }

    public bool IsEmpty => !Directory.EnumerateFileSystemEntries(_root)
        .Concat(Directory.EnumerateFileSystemEntries(Path)).Skip(1).Any();

    /// <summary>The files there are and their contents.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => $"{System.IO.Path.GetRelativePath(Path, file)}={File.ReadAllText(file)}")
            .Order(StringComparer.Ordinal),
    ];

    public Task<IReadOnlyList<ArchivedFile>> UnpackAsync(
        ArchiveKind kind, byte[] archive, ArchiveLimits? limits = null) =>
        new ArchiveUnpacker(limits ?? new ArchiveLimits()).UnpackAsync(
            new ArchiveFile("m", kind, new MemoryStream(archive)), Path, TestContext.Current.CancellationToken);

    /// <summary>The message with which an archive is refused; nothing of it may lie in the folder then.</summary>
    public async Task<string> RefuseAsync(ArchiveKind kind, byte[] archive, ArchiveLimits? limits = null)
    {
        var fault = await Assert.ThrowsAsync<UploadException>(() => UnpackAsync(kind, archive, limits));
        Assert.Equal(UploadExit.Source, fault.ExitCode);
        Assert.True(IsEmpty, string.Join(", ", Directory.EnumerateFileSystemEntries(_root)));
        return fault.Message;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
