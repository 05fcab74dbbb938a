using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// The hidden folder of a run, which one attempt owns. A later attempt renames it: an earlier one that was only stalled
/// then finds no folder to write to.
/// </summary>
internal sealed class RunFolder
{
    private const string FileList = "files";

    private readonly VolumeLayout _layout;
    private readonly string _path;

    private RunFolder(VolumeLayout layout, string path) => (_layout, _path) = (layout, path);

    /// <summary>The files of the data set until they are published.</summary>
    public string Data => Path.Combine(_path, "data");

    /// <summary>The list of the files.</summary>
    public string List => Path.Combine(_path, FileList);

    /// <summary>Takes over the folder of an earlier attempt, or makes one.</summary>
    public static RunFolder Take(VolumeLayout layout, Guid owner)
    {
        Directory.CreateDirectory(layout.HiddenRoot);
        var path = layout.FolderOf(owner);
        var earlier = Earlier(layout).FirstOrDefault(folder => folder != path);
        if (earlier is null || VolumeFile.Rename(earlier, path) != RenameResult.Done) Directory.CreateDirectory(path);
        var folder = new RunFolder(layout, path);
        Directory.CreateDirectory(folder.Data);
        return folder;
    }

    /// <summary>The folder that an attempt has left; null for none.</summary>
    public static RunFolder? Find(VolumeLayout layout) =>
        Earlier(layout) is [var path, ..] ? new(layout, path) : null;

    /// <summary>Reads what the volume holds for the table.</summary>
    public static async Task<FolderFacts> ObserveAsync(VolumeLayout layout, CancellationToken token)
    {
        if (UnlinkedFile.KindOf(layout.Place) is FileKind.Link or FileKind.Regular) return new(HasFiles: true);
        if (!Directory.Exists(layout.Place)) return FolderFacts.Free;
        var marker = await RegularFile.ReadTextAsync(layout.PlaceMarker, maxBytes: 1024, token);
        return new(FolderListing.Read(layout.Place).Any(), string.IsNullOrEmpty(marker) ? null : marker);
    }

    /// <summary>Gives the data its place, whole and in one step.</summary>
    /// <exception cref="IngestorException">The place holds files.</exception>
    public void Publish()
    {
        if (IsPublished(_layout)) return;
        Mark();
        if (VolumeFile.Rename(Data, _layout.Place) is not RenameResult.Done and var result)
            throw new IngestorException(
                IngestorExit.Failed,
                $"Folder {_layout.Place} could not be made: {Reason(result)}; remove what is there, or choose another "
                + "table");
    }

    /// <summary>
    /// Gives the data the place of the files of a former data set, and removes those. Can be repeated after a kill at
    /// any moment.
    /// </summary>
    /// <exception cref="IngestorException">The data is gone, or the place is no folder.</exception>
    public static void Swap(VolumeLayout layout, Guid owner)
    {
        if (!IsPublished(layout))
        {
            if (Find(layout) is not { } left || !File.Exists(left.List) || !Directory.Exists(left.Data))
                throw new IngestorException(
                    IngestorExit.Failed,
                    $"Folder {layout.Place} was not replaced: the new files are no longer in {layout.HiddenRoot}; "
                    + "delete the data set, and load it again");
            Take(layout, owner).TakePlace();
        }

        // After an exchange, the former files are where the new ones were.
        if (Find(layout) is { } former && Directory.Exists(former.Data)) Directory.Delete(former.Data, recursive: true);
        PlaceRemoval.RemoveTaken(layout);
    }

    /// <summary>Takes the data back from its place, where it is this run's.</summary>
    public void Withdraw()
    {
        if (!IsPublished(_layout)) return;
        // An attempt that was taken over may have made an empty one.
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        if (VolumeFile.Rename(_layout.Place, Data) is not RenameResult.Done and var result)
            throw new IngestorException(
                IngestorExit.Failed, $"Folder {_layout.Place} could not be taken back: {Reason(result)}");
    }

    /// <summary>The data is its table's from now on, no longer this run's.</summary>
    public static void RemoveMarker(VolumeLayout layout)
    {
        if (IsPublished(layout)) File.Delete(layout.PlaceMarker);
    }

    /// <summary>Removes every hidden folder of the run.</summary>
    public static void RemoveAll(VolumeLayout layout)
    {
        foreach (var folder in Earlier(layout)) Directory.Delete(folder, recursive: true);
    }

    // An attempt that was taken over while it stood still has no data to exchange, and so changes nothing.
    private void TakePlace()
    {
        Mark();
        if (UnlinkedFile.KindOf(_layout.Place) == FileKind.Other && Directory.Exists(_layout.Place))
            switch (VolumeFile.TryExchange(Data, _layout.Place))
            {
                case RenameResult.Done:
                    return;
                case null:
                    break;
                case { } result:
                    throw new IngestorException(
                        IngestorExit.Failed, $"Folder {_layout.Place} could not be replaced: {Reason(result)}");
            }

        if (UnlinkedFile.KindOf(_layout.Place) != FileKind.Absent) PlaceRemoval.TakeAway(_layout);
        Publish();
    }

    private void Mark() =>
        File.WriteAllBytes(Path.Combine(Data, VolumeLayout.Marker), Encoding.UTF8.GetBytes(_layout.RunKey));

    private static bool IsPublished(VolumeLayout layout) =>
        UnlinkedFile.KindOf(layout.Place) == FileKind.Other
        && UnlinkedFile.KindOf(layout.PlaceMarker) == FileKind.Regular
        && File.ReadAllText(layout.PlaceMarker) == layout.RunKey;

    private static List<string> Earlier(VolumeLayout layout) => Directory.Exists(layout.HiddenRoot)
        ? [.. FolderListing.Read(layout.HiddenRoot)
            .Where(entry => entry.IsFolder && entry.Name.StartsWith(layout.FolderPrefix, StringComparison.Ordinal))
            .Select(entry => Path.Combine(layout.HiddenRoot, entry.Name))
            // An attempt that was taken over while it stood still may have made another one, without a list.
            .OrderByDescending(folder => File.Exists(Path.Combine(folder, FileList)))]
        : [];

    private static string Reason(RenameResult result) => result switch
    {
        RenameResult.Occupied => "it holds files of another run",
        RenameResult.Absent => "this run was taken over by another attempt",
        _ => "it is on another file system",
    };
}
