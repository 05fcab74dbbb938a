using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// The folders of a publication. A target that is absent is built beside its place and gets its name by one rename; in
/// a target that is there, files are replaced one by one.
/// </summary>
/// <param name="target">The folder to publish at, as it was given.</param>
/// <param name="step">Runs before each change of the file system; a test ends a run there.</param>
internal sealed partial class VolumePlace(string target, Action<string> step) : IDisposable
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
            try
            {
                _held = Taken();
            }
            catch
            {
                staging.Dispose();
                throw;
            }
            return _staging = staging;
        }
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
}
