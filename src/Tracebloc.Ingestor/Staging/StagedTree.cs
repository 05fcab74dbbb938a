using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// The files of a staging folder that are whole. Other pods write to the volume as well: every folder is opened without
/// following a link, and used by its handle. The folder of the last file stays open: most files are in the folder of
/// the one before.
/// </summary>
internal sealed class StagedTree : IDisposable
{
    private readonly StagingPlace _place;
    private readonly VolumeFolder _root;

    private VolumeFolder? _folder;
    private string _path = "";

    private StagedTree(StagingPlace place, VolumeFolder root) => (_place, _root) = (place, root);

    /// <summary>Opens the folder, and makes it where it is absent.</summary>
    public static StagedTree Open(StagingPlace place)
    {
        using var area = VolumeFolder.Open(place.Area);
        return new StagedTree(place, Make(area, place.Folder));
    }

    /// <summary>The length and time of a file that is in its place; null where none is.</summary>
    public StagedRecord? Find(string path)
    {
        using var file = OpenFile(path);
        return file is null ? null : Describe(file, default);
    }

    /// <summary>Opens a file that is in its place; null where none is.</summary>
    public SafeFileHandle? OpenFile(string path)
    {
        var full = Path.Combine(_root.Path, path);
        if (UnlinkedFile.KindOf(full) != FileKind.Regular) return null;
        // Folders are made where they are needed: not for a file that is behind a link.
        return IsOpen(path) || !VolumeFile.IsLinked(full)
            ? FolderOf(path).OpenFile(Path.GetFileName(path))
            : null;
    }

    /// <summary>The record of an open file.</summary>
    public static StagedRecord Describe(SafeFileHandle file, FileHash hash) =>
        new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks, hash);

    /// <summary>Puts a part in its place, where another file is replaced.</summary>
    /// <exception cref="StagingException">Another transfer has taken the folder over.</exception>
    public void Place(string part, string path)
    {
        var (folder, name) = (FolderOf(path), Path.GetFileName(path));
        var result = folder.MoveIn(part, name);
        if (result == RenameResult.Occupied)
        {
            // An earlier transfer had a folder of this name.
            Directory.Delete(Path.Combine(folder.Path, name), recursive: true);
            result = folder.MoveIn(part, name);
        }

        if (result != RenameResult.Done) throw StagingLock.Lost(_place);
    }

    /// <summary>Removes everything that was not offered, and folders that are empty then.</summary>
    public void RemoveOthers(IReadOnlySet<string> offered)
    {
        Leave();
        RemoveOthers(_root, "", offered);
    }

    private static bool RemoveOthers(VolumeFolder folder, string path, IReadOnlySet<string> offered)
    {
        var isEmpty = true;
        foreach (var entry in FolderListing.Read(folder.Path).ToList())
        {
            var name = path + entry.Name;
            if (entry.IsFolder)
            {
                using var inner = VolumeFolder.Open(Path.Combine(folder.Path, entry.Name));
                if (RemoveOthers(inner, name + '/', offered)) Directory.Delete(inner.Path);
                else isEmpty = false;
            }
            else if (entry.Kind == FileKind.Regular && offered.Contains(name))
            {
                isEmpty = false;
            }
            else
            {
                folder.Remove(entry.Name);
            }
        }

        return isEmpty;
    }

    private VolumeFolder FolderOf(string path)
    {
        var parent = Path.GetDirectoryName(path) ?? "";
        if (parent.Length == 0) return _root;
        if (IsOpen(path)) return _folder ?? _root;
        Leave();
        var folder = _root;
        foreach (var name in parent.Split('/'))
        {
            var inner = Make(folder, name);
            if (folder != _root) folder.Dispose();
            folder = inner;
        }

        (_folder, _path) = (folder, parent);
        return folder;
    }

    private bool IsOpen(string path) =>
        _folder is not null && Path.GetDirectoryName(path.AsSpan()).SequenceEqual(_path);

    private static VolumeFolder Make(VolumeFolder folder, string name)
    {
        if (UnlinkedFile.KindOf(Path.Combine(folder.Path, name)) is FileKind.Link or FileKind.Regular)
            folder.Remove(name);
        return folder.MakeFolder(name);
    }

    private void Leave()
    {
        _folder?.Dispose();
        _folder = null;
    }

    public void Dispose()
    {
        Leave();
        _root.Dispose();
    }
}
