using Tracebloc.Ingestor.Volume;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The places of one staging folder. Its name is checked: it has no dot and no slash.</summary>
/// <param name="Area">The folder of all staging folders, without links.</param>
/// <param name="Folder">The name of this one.</param>
internal sealed record StagingPlace(string Area, string Folder)
{
    private const string Work = ".work-", Lock = ".lock";

    /// <summary>The folder of the volume.</summary>
    public string Volume => Path.GetDirectoryName(Area) ?? "/";

    /// <summary>The files that have arrived, each of them whole.</summary>
    public string Files => Path.Combine(Area, Folder);

    /// <summary>Names the transfer that writes to the folder.</summary>
    public string LockFile => Files + Lock;

    /// <summary>The parts and the lists of a transfer: a later one renames it, and the earlier has lost.</summary>
    public string WorkOf(Guid session) => Files + Work + session.ToString("N");

    /// <summary>The work folders that are there: as a rule one.</summary>
    public IReadOnlyList<string> Works() => Directory.Exists(Area)
        ? [.. FolderListing.Read(Area)
            .Where(entry => entry.IsFolder && entry.Name.StartsWith(Folder + Work, StringComparison.Ordinal))
            .Select(entry => Path.Combine(Area, entry.Name)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The place of a folder on a volume.</summary>
    /// <exception cref="IngestorException">The volume is absent.</exception>
    public static StagingPlace Of(string volume, string folder) =>
        new(VolumeLayout.StagingArea(VolumeLayout.RealRoot(volume)), folder);

    /// <summary>Makes the folder of all staging folders, where it is absent.</summary>
    /// <exception cref="IOException">It is a link, or cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the volume.</exception>
    public void Prepare()
    {
        using var volume = VolumeFolder.Open(Volume);
        volume.MakeFolder(Path.GetFileName(Area)).Dispose();
    }

    /// <summary>The staging folders that transfers have made on a volume; others are left alone.</summary>
    /// <exception cref="IngestorException">The volume is absent.</exception>
    public static IReadOnlyList<StagingPlace> All(string volume)
    {
        var area = VolumeLayout.StagingArea(VolumeLayout.RealRoot(volume));
        return Directory.Exists(area)
            ? [.. FolderListing.Read(area)
                .Where(entry => entry.IsFolder && entry.Name.Contains(Work, StringComparison.Ordinal))
                .Select(entry => entry.Name[..entry.Name.IndexOf(Work, StringComparison.Ordinal)])
                .Distinct().Order(StringComparer.Ordinal)
                .Select(folder => new StagingPlace(area, folder))]
            : [];
    }

    /// <summary>The staging folder that a path is in; null where no transfer has made it.</summary>
    /// <param name="area">The folder of all staging folders.</param>
    /// <param name="path">A path without links.</param>
    public static StagingPlace? Holding(string area, string path)
    {
        if (!path.StartsWith(area + '/', StringComparison.Ordinal)) return null;
        var place = new StagingPlace(area, path[(area.Length + 1)..].Split('/')[0]);
        return place.Works().Count > 0 ? place : null;
    }
}
