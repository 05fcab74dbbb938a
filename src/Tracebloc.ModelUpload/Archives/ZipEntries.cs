using System.IO.Compression;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>Reads a zip's entries by the list at its end.</summary>
internal static class ZipEntries
{
    // inode(7), in the upper half of the attributes where Unix made the zip.
    private const uint TypeOfMode = 0xF000, Folder = 0x4000, Regular = 0x8000, Link = 0xA000;

    /// <exception cref="UploadException">The list cannot be read, or is too long.</exception>
    public static IEnumerable<ArchiveEntry> Read(ArchiveFile archive, ArchiveBudget budget)
    {
        if (ZipDirectory.Fault(archive.Content) is { } fault)
            throw archive.Fault(fault);
        archive.Content.Position = 0;
        using var zip = new ZipArchive(archive.Content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            budget.AddEntry();
            var type = ((uint)entry.ExternalAttributes >> 16) & TypeOfMode;
            yield return ArchiveEntry.Of(entry.FullName, type == Folder, entry.Length) with
            {
                Crc = entry.Crc32,
                Open = entry.Open,
                Fault = Fault(entry, type),
            };
        }
    }

    private static string? Fault(ZipArchiveEntry entry, uint type)
    {
        if (type == Link)
            return "is a symbolic link";
        if (type is not (0 or Folder or Regular))
            return "is a device or named pipe";
        if (entry.IsEncrypted)
            return "is encrypted; unpack the archive and upload its folder";
        if (entry.FullName.Contains('\\', StringComparison.Ordinal))
            return "has a backslash in its name; pack it with slashes";
        return entry.FullName.EndsWith('/') && entry.Length > 0 ? "is a folder with bytes" : null;
    }
}
