using System.Security.Cryptography;
using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>Removes the folder of a data set: it leaves its place whole and in one step, and is then deleted.</summary>
internal static class PlaceRemoval
{
    private const string Prefix = "deleted-";

    /// <summary>Can be repeated after a kill at any moment.</summary>
    /// <exception cref="IngestorException">The place is a link, or on another file system.</exception>
    public static void Remove(VolumeLayout layout)
    {
        Directory.CreateDirectory(layout.HiddenRoot);
        if (UnlinkedFile.KindOf(layout.Place) != FileKind.Absent) TakeAway(layout);
        RemoveTaken(layout);
    }

    /// <summary>Removes what was taken away from the place.</summary>
    public static void RemoveTaken(VolumeLayout layout)
    {
        if (!Directory.Exists(layout.HiddenRoot)) return;
        var start = StartOf(layout);
        foreach (var folder in FolderListing.Read(layout.HiddenRoot)
            .Where(entry => entry.IsFolder && entry.Name.StartsWith(start, StringComparison.Ordinal)).ToList())
            Directory.Delete(Path.Combine(layout.HiddenRoot, folder.Name), recursive: true);
    }

    /// <summary>Empties the place in one step; what was there is in the hidden folder until it is removed.</summary>
    /// <exception cref="IngestorException">The place is a link, or on another file system.</exception>
    public static void TakeAway(VolumeLayout layout)
    {
        var start = StartOf(layout);
        var reason = UnlinkedFile.KindOf(layout.Place) != FileKind.Other || !Directory.Exists(layout.Place)
            ? "it is no folder"
            : VolumeFile.Rename(layout.Place, Path.Combine(layout.HiddenRoot, $"{start}{Guid.NewGuid():N}")) switch
            {
                RenameResult.Done or RenameResult.Absent => null,
                _ => "it is on another file system",
            };
        if (reason is not null)
            throw new IngestorException(
                IngestorExit.Failed, $"Folder {layout.Place} could not be removed: {reason}; remove it by hand")
            {
                IsFinal = true,
            };
    }

    private static string StartOf(VolumeLayout layout) =>
        $"{Prefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(layout.Table)))[..32]}-";
}
