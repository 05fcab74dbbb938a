using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

/// <summary>
/// An open folder of a volume that files are taken from: its path is checked once, and a link that takes its place
/// afterwards is not followed.
/// </summary>
public sealed class VolumeFolder : IDisposable
{
    // Other systems have no such handles for programs of .NET; there the path is checked alone.
    private readonly SafeFileHandle? _handle;

    private VolumeFolder(string path, SafeFileHandle? handle) => (Path, _handle) = (path, handle);

    /// <summary>Its full path, without links.</summary>
    public string Path { get; }

    /// <summary>Opens a folder, without following a link in any part of its path.</summary>
    /// <param name="path">A path that had no links.</param>
    /// <exception cref="IOException">It is absent, or a link is part of its path.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static VolumeFolder Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return UserPath.Real(path) == path ? new(path, null) : throw new IOException($"{path} is absent or a link");
        var handle = FileSystem.OpenNoLink(path);
        try
        {
            FileSystem.RequirePlace(handle, path);
            return new(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Opens a regular file of this folder for reading; a link is not followed.</summary>
    /// <exception cref="IOException">It is absent, a link, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public SafeFileHandle OpenFile(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        return _handle is null ? FileSystem.OpenUnlinked(path) : FileSystem.OpenUnlinked(_handle, name, path);
    }

    /// <summary>Makes a folder in this one, unless it is there, and opens it. A link is not followed.</summary>
    /// <exception cref="IOException">Something else has the name, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to this folder.</exception>
    public VolumeFolder MakeFolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (_handle is not null) return new(path, FileSystem.MakeFolder(_handle, name, path));
        Directory.CreateDirectory(path);
        return Open(path);
    }

    /// <summary>Opens a regular file of this folder for reading and writing; a link is not followed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNew">True: the file must not be there; false: it must be.</param>
    /// <exception cref="IOException">It is not as required, a link, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to it.</exception>
    public SafeFileHandle OpenForWriting(string name, bool isNew)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (_handle is not null) return FileSystem.OpenForWriting(_handle, name, path, isNew);
        return File.OpenHandle(path, isNew ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite);
    }

    /// <summary>Removes a file of this folder, or a link itself; nothing where it is absent.</summary>
    /// <exception cref="IOException">It is a folder, or cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to this folder.</exception>
    public void Remove(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (_handle is null) File.Delete(path);
        else FileSystem.Remove(_handle, name, path);
    }

    /// <summary>Waits until the disk has all that was written to this folder's file system.</summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public void Synchronize()
    {
        if (_handle is not null) FileSystem.Synchronize(_handle, Path);
    }

    /// <summary>Moves a file of this folder to another place, in one step. A link is moved itself.</summary>
    /// <exception cref="IOException">The system refuses for another reason than those of the result.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to one of the folders.</exception>
    public RenameResult MoveOut(string name, string target) => _handle is null
        ? FileSystem.Rename(System.IO.Path.Combine(Path, name), target)
        : FileSystem.Rename(_handle, name, target);

    /// <summary>Moves a file into this folder.</summary>
    /// <exception cref="IOException">The system refuses for another reason than those of the result.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to one of the folders.</exception>
    public RenameResult MoveIn(string source, string name) => _handle is null
        ? FileSystem.Rename(source, System.IO.Path.Combine(Path, name))
        : FileSystem.Rename(source, _handle, name);

    /// <summary>Closes it.</summary>
    public void Dispose() => _handle?.Dispose();
}
