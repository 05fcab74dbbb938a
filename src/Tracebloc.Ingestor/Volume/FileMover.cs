using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// Moves staged files into a run's hidden folder. Not for two threads: a folder takes one file at a time.
/// </summary>
internal sealed class FileMover : IDisposable
{
    private VolumeFolder? _folder;

    /// <summary>Moves a file.</summary>
    /// <returns>False where it is to be copied: in another mount.</returns>
    /// <exception cref="IOException">It is gone, no regular file, or its folder is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not move it.</exception>
    public bool TryMove(string source, string target)
    {
        var name = Path.GetFileName(source);
        var folder = FolderOf(source);
        switch (folder?.MoveOut(name, target) ?? RenameResult.Absent)
        {
            case RenameResult.Done when UnlinkedFile.KindOf(target) == FileKind.Regular:
                return true;
            case RenameResult.Done:
                folder?.MoveIn(target, name);
                throw new IOException($"{source} is no regular file; put the file itself there");
            case RenameResult.Absent when UnlinkedFile.KindOf(target) == FileKind.Regular:
                return true; // by an earlier attempt
            case RenameResult.Absent:
                throw new IOException(
                    $"{source} does not exist any more, or this run was taken over by another attempt");
            case RenameResult.OtherFileSystem:
                return false;
            default:
                throw new IOException($"{target} is a folder");
        }
    }

    public void Dispose() => _folder?.Dispose();

    // Most files of a list are in the folder of the file before.
    private VolumeFolder? FolderOf(string source)
    {
        var path = Path.GetDirectoryName(source) ?? "/";
        if (_folder?.Path == path) return _folder;
        _folder?.Dispose();
        _folder = null;
        if (UnlinkedFile.KindOf(path) == FileKind.Absent) return null;
        return _folder = VolumeFolder.Open(path);
    }
}
