using Microsoft.Win32.SafeHandles;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Destinations;

internal sealed partial class VolumePlace
{
    /// <summary>Opens a staged file, a new one where there is none.</summary>
    public SafeFileHandle OpenStaged(string name)
    {
        var folder = Open();
        step($"open {name}");
        var kind = UnlinkedFile.KindOf(Path.Combine(Staging, name));
        if (kind == FileKind.Link)
            folder.Remove(name);
        return folder.OpenForWriting(name, isNew: kind is FileKind.Absent or FileKind.Link);
    }

    public void RemoveStaged(string name)
    {
        step($"remove {name}");
        Open().Remove(name);
    }

    public void RenameStaged(string from, string to)
    {
        step($"rename {from} to {to}");
        Require(Open().MoveOut(from, Path.Combine(Staging, to)), to);
    }

    /// <summary>Gives a staged file its place below the base. A link on the way is not followed.</summary>
    public void Place(string staged, string path)
    {
        step($"place {path}");
        var segments = path.Split('/');
        var folder = VolumeFolder.Open(Base);
        try
        {
            foreach (var segment in segments[..^1])
            {
                var inner = folder.MakeFolder(segment);
                folder.Dispose();
                folder = inner;
            }
            Require(folder.MoveIn(Path.Combine(Staging, staged), segments[^1]), path);
        }
        finally
        {
            folder.Dispose();
        }
    }

    /// <summary>Removes a file below the base, and the folders that are empty then.</summary>
    public void Remove(string path)
    {
        var full = Path.Combine(Base, path);
        var folder = Path.GetDirectoryName(full) ?? Base;
        if (!Directory.Exists(folder) || VolumeFile.IsLinked(full))
            return;
        step($"remove {path}");
        using (var opened = VolumeFolder.Open(folder))
            opened.Remove(Path.GetFileName(full));
        while (folder != Base && RemoveIfEmpty(folder))
            folder = Path.GetDirectoryName(folder) ?? Base;
    }

    public void WriteOwn(string path, ReadOnlySpan<byte> content)
    {
        step($"write {Path.GetFileName(path)}");
        FileReplacement.Create(path, content);
        Synchronize();
    }

    public void RemoveOwn(string path)
    {
        step($"remove {Path.GetFileName(path)}");
        File.Delete(path);
    }

    /// <summary>Waits until the disk has all that was written.</summary>
    public void Synchronize()
    {
        step("synchronize");
        using var folder = VolumeFolder.Open(Base);
        folder.Synchronize();
    }

    /// <summary>Removes what is staged, of this run and of others.</summary>
    public void ClearStaging()
    {
        step("remove what is staged");
        _staging?.Dispose();
        _staging = null;
        Directory.Delete(Staging, recursive: true);
    }

    /// <summary>Gives the target its name; removes what an earlier run built while the target was absent.</summary>
    public void Appear()
    {
        if (IsFresh)
        {
            step("rename the folder");
            Require(VolumeFile.Rename(Base, Target), Target);
            Base = Target;
        }
        else if (Directory.Exists(Path.Combine(Beside, Records)) && !VolumeFile.IsLinked(Path.Combine(Beside, Records)))
        {
            step("remove an earlier run's folder");
            Directory.Delete(Beside, recursive: true);
        }
        RemoveIfEmpty(Path.Combine(Parent, Records));
    }

    private static void Require(RenameResult result, string path)
    {
        if (result != RenameResult.Done)
            throw UploadException.OfDestination($"{path} cannot get its name: {result switch
            {
                RenameResult.Occupied => "a folder has it; move that folder away",
                RenameResult.Absent => "its folder has gone; end the other program that writes there",
                _ => "it is on another file system; give a folder of one",
            }}");
    }

    private static bool RemoveIfEmpty(string folder)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
            return false;
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false; // Another run came in meanwhile.
        }
    }
}
