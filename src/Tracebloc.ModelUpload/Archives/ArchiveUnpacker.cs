using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>
/// Unpacks archives of strangers: every entry is checked before it is written, and the whole is bounded in bytes,
/// entries and ratio. Folders without files are left out, since models have none.
/// </summary>
internal sealed class ArchiveUnpacker(ArchiveLimits limits)
{
    /// <summary>Unpacks all of an archive, or nothing.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">The full path, without links, of an empty folder that no other program writes to.</param>
    /// <param name="cancellationToken">Ends it; the folder is empty then.</param>
    /// <returns>At least one file, in the order of their paths.</returns>
    /// <exception cref="UploadException">The archive was refused or cannot be read; the folder is empty.</exception>
    public Task<IReadOnlyList<ArchivedFile>> UnpackAsync(
        ArchiveFile archive, string folder, CancellationToken cancellationToken) =>
        // Decompressors compute more than they wait for the disk, and have no other calls.
        Task.Run(() => UnpackOrEmpty(archive, folder, cancellationToken), cancellationToken);

    private IReadOnlyList<ArchivedFile> UnpackOrEmpty(
        ArchiveFile archive, string folder, CancellationToken cancellationToken)
    {
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new ArgumentException($"{folder} is not empty", nameof(folder));
        var isDone = false;
        try
        {
            CheckStart(archive);
            var files = Unpack(archive, folder, cancellationToken);
            isDone = true;
            return files;
        }
        catch (Exception e) when (e is not (UploadException or OperationCanceledException))
        {
            // As of entries' content, which EntryWriter names: here of what is between them.
            throw archive.Fault($"cannot be unpacked: {e.Message}", e);
        }
        finally
        {
            if (!isDone)
                Empty(folder);
        }
    }

    private IReadOnlyList<ArchivedFile> Unpack(
        ArchiveFile archive, string folder, CancellationToken cancellationToken)
    {
        var budget = new ArchiveBudget(archive, limits);
        using var target = VolumeFolder.Open(folder);
        using var unpacked = archive.Kind == ArchiveKind.Zip ? null : Decompression.Open(archive.Kind, archive.Content);
        var entries = unpacked is null
            ? ZipEntries.Read(archive, budget)
            : new TarEntries(archive, budget, unpacked).Read();
        var (names, files) = (new EntryNames(), new List<ArchivedFile>());
        var writer = new EntryWriter(archive, budget, target);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Fault is not null)
                throw archive.Fault(entry.Name, entry.Fault);
            if (entry.IsRoot)
                continue;
            var path = names.Add(entry, out var fault) ?? throw archive.Fault(entry.Name, fault ?? "");
            budget.Expect(entry);
            if (!entry.IsFolder)
                files.Add(writer.Write(entry, path, cancellationToken));
        }

        return files.Count > 0 ? [.. files.OrderBy(file => file.Path)] : throw archive.Fault("holds no file");
    }

    private static void CheckStart(ArchiveFile archive)
    {
        var start = new byte[ArchiveMagic.Bytes];
        var length = archive.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        archive.Content.Position = 0;
        if (!ArchiveMagic.Fits(archive.Kind, start.AsSpan(0, length)))
            throw archive.Fault($"is no {archive.Kind} as its name says; correct its name");
        if (archive.Kind == ArchiveKind.TarXz && XzHeader.Fault(start.AsSpan(0, length)) is { } fault)
            throw archive.Fault(fault);
    }

    private static void Empty(string folder)
    {
        foreach (var child in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (child is DirectoryInfo inner && inner.LinkTarget is null)
                inner.Delete(recursive: true);
            else
                child.Delete();
        }
    }
}
