using Microsoft.Win32.SafeHandles;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// The folders of a publication. A target that is absent is built beside its place and gets its name by one rename; in
/// a target that is there, files are replaced one by one.
/// </summary>
/// <param name="target">The folder to publish at, as it was given.</param>
/// <param name="step">Runs before each change of the file system; a test ends a run there.</param>
internal sealed class VolumePlace(string target, Action<string> step) : IDisposable
{
    private const string Records = ".model-upload";

    private readonly Lock _lock = new();
    private FileStream? _held;
    private VolumeFolder? _staging;

    /// <summary>The target's path without links.</summary>
    public string Target { get; private set; } = "";

    /// <summary>The folder that files are published in: the target, or the folder that becomes it.</summary>
    public string Base { get; private set; } = "";

    public bool IsFresh => Base != Target;

    public string Record => Path.Combine(Own, "record.json");

    /// <summary>The record that is being brought about.</summary>
    public string Next => Path.Combine(Own, "next.json");

    public string Staging => Path.Combine(Own, "staging");

    private string Own => Path.Combine(Base, Records);

    private string Parent => Path.GetDirectoryName(Target) ?? "/";

    // The parent can be a published folder itself, with a record of its own there.
    private string Beside => Path.Combine(Parent, Records, $"new-{Path.GetFileName(Target)}");

    /// <summary>Looks where the target is. Only reads.</summary>
    /// <exception cref="UploadException">It is no folder.</exception>
    public void Look()
    {
        var full = Path.TrimEndingDirectorySeparator(UserPath.Absolute(target));
        var kind = UnlinkedFile.KindOf(full);
        var real = UserPath.Real(full);
        if (real is null && kind != FileKind.Absent)
            throw UploadException.OfDestination($"{target} is a link that leads to no folder; mend or remove it");
        if (real is not null && !Directory.Exists(real))
            throw UploadException.OfDestination($"{target} is a file; give a folder");
        Target = real ?? Path.Combine(RealParent(full), Path.GetFileName(full));
        Base = real ?? Beside;
    }

    /// <summary>The nearest folder that exists.</summary>
    public string Existing()
    {
        var folder = Base;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        return folder;
    }

    /// <summary>Makes the folders and takes the target for this run.</summary>
    /// <exception cref="UploadException">Another run has it.</exception>
    public VolumeFolder Open()
    {
        lock (_lock)
        {
            if (_staging is not null)
                return _staging;
            step("make the folders");
            Directory.CreateDirectory(Staging);
            var staging = VolumeFolder.Open(Staging); // no link in its path is followed
            _held = Taken();
            return _staging = staging;
        }
    }

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

    /// <summary>Gives the target its name; removes what an earlier run built for a target that was absent then.</summary>
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

    /// <summary>Leaves the target to other runs, without folders that nothing came into.</summary>
    public void Dispose()
    {
        if (_staging is not null && RemoveIfEmpty(Staging) && IsFresh && !File.Exists(Record))
        {
            Directory.Delete(Base, recursive: true);
            RemoveIfEmpty(Path.Combine(Parent, Records));
        }
        _staging?.Dispose();
        _held?.Dispose();
    }

    private static string RealParent(string full)
    {
        var parent = Path.GetDirectoryName(full) ?? "/";
        return UserPath.Real(parent) ?? parent;
    }

    // Released by the kernel when this process ends, however it ends.
    private FileStream Taken()
    {
        try
        {
            return new FileStream(Path.Combine(Own, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(Own, "lock")))
        {
            throw UploadException.OfDestination($"{target} is being written by another run; wait for its end", e);
        }
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
        Directory.Delete(folder);
        return true;
    }
}
