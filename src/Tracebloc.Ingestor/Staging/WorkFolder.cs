using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// The parts and lists of a transfer. A later transfer renames the folder: one that was only stalled then finds no path
/// from which it could put a file in place.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Part = ".part", Open = ".open", Copied = ".copied";

    private readonly StagingPlace _place;
    private readonly VolumeFolder _folder;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly List<string> _lists = [];

    private WorkFolder(StagingPlace place, VolumeFolder folder)
    {
        (_place, _folder) = (place, folder);
        _folder.OpenForWriting(_name + Open, isNew: true).Dispose();
    }

    private string Path => _folder.Path;

    /// <summary>Takes over the folder of an earlier transfer, or makes one: the lock must be held.</summary>
    public static async Task<WorkFolder> TakeAsync(
        StagingPlace place, Guid session, bool wasClean, LockTimes times, TimeProvider time, CancellationToken token)
    {
        var path = place.WorkOf(session);
        var earlier = place.Works();
        if (earlier is not [var one, ..] || VolumeFile.Rename(one, path) != RenameResult.Done)
            Directory.CreateDirectory(path);
        foreach (var other in earlier.Skip(1)) Directory.Delete(other, recursive: true);
        // Other connections of the earlier transfer end when they find its end.
        var start = time.GetTimestamp();
        while (Names(path, Open).Any() && wasClean)
        {
            wasClean = time.GetElapsedTime(start) < times.Others;
            if (wasClean) await Task.Delay(times.Look, time, token);
        }

        if (!wasClean) Detach(path);
        return new WorkFolder(place, VolumeFolder.Open(path));
    }

    /// <summary>Opens the folder of a transfer that another connection has begun.</summary>
    /// <exception cref="StagingException">Another transfer has taken it over.</exception>
    public static WorkFolder Join(StagingPlace place, Guid session)
    {
        StagingLock.Require(place, session);
        return new WorkFolder(place, VolumeFolder.Open(place.WorkOf(session)));
    }

    /// <summary>The name of a file's part.</summary>
    public static string NameOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32] + Part;

    /// <summary>The path of a part.</summary>
    public string PathOf(string part) => System.IO.Path.Combine(Path, part);

    /// <summary>The names of the parts that are there.</summary>
    public IReadOnlySet<string> Parts() => Names(Path, Part).ToHashSet(StringComparer.Ordinal);

    /// <summary>Opens a part that is there.</summary>
    public SafeFileHandle OpenPart(string part) => _folder.OpenForWriting(part, isNew: false);

    /// <summary>Makes a part, in place of another of its name.</summary>
    public SafeFileHandle MakePart(string part)
    {
        _folder.Remove(part);
        return _folder.OpenForWriting(part, isNew: true);
    }

    /// <summary>Removes a part.</summary>
    public void Remove(string part) => _folder.Remove(part);

    /// <summary>The files that have arrived by the lists that were not read yet.</summary>
    public Dictionary<string, StagedRecord> ReadLists()
    {
        var files = new Dictionary<string, StagedRecord>(StringComparer.Ordinal);
        foreach (var list in Names(Path, StagedList.Extension).Except(_lists).ToList())
        {
            StagedList.Read(_folder.OpenFile(list), files);
            _lists.Add(list);
        }

        return files;
    }

    /// <summary>Writes this connection's list, once the disk has its files, in place of those it has read.</summary>
    /// <exception cref="StagingException">A later transfer has taken it over.</exception>
    public void WriteList(IEnumerable<KeyValuePair<string, StagedRecord>> files, bool isOnDisk = false)
    {
        RequireOwn();
        if (!isOnDisk) _folder.Synchronize();
        StagedList.Write(PathOf(_name + StagedList.Extension), files);
        foreach (var list in _lists) _folder.Remove(list);
    }

    /// <summary>Removes everything but this connection's list: no part is needed any more.</summary>
    public void Clear()
    {
        foreach (var entry in FolderListing.Read(Path).Where(entry => !entry.IsFolder).ToList())
            if (entry.Name != _name + StagedList.Extension && entry.Name != _name + Open) _folder.Remove(entry.Name);
    }

    /// <summary>Writes the list of a transfer that has failed: the next one need not read what has arrived.</summary>
    public void TryWriteList(IEnumerable<KeyValuePair<string, StagedRecord>> files)
    {
        try
        {
            WriteList(files);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or StagingException)
        {
            // The disk may be full. The fault of the transfer is the one to report.
        }
    }

    /// <summary>Requires that no later transfer has taken the folder over.</summary>
    /// <exception cref="StagingException">One has.</exception>
    public void RequireOwn()
    {
        if (!Directory.Exists(Path)) throw StagingLock.Lost(_place);
    }

    // A program that was only stalled may go on writing to its open files: new ones take their place.
    private static void Detach(string path)
    {
        using var folder = VolumeFolder.Open(path);
        foreach (var part in Names(path, Part).ToList())
        {
            folder.Remove(part + Copied);
            using (var old = folder.OpenFile(part)) VolumeFile.Copy(old, System.IO.Path.Combine(path, part + Copied));
            VolumeFile.Rename(System.IO.Path.Combine(path, part + Copied), System.IO.Path.Combine(path, part));
        }

        foreach (var open in Names(path, Open).ToList()) folder.Remove(open);
    }

    private static IEnumerable<string> Names(string path, string extension) => FolderListing.Read(path)
        .Where(entry => entry.Kind == FileKind.Regular && entry.Name.EndsWith(extension, StringComparison.Ordinal))
        .Select(entry => entry.Name);

    /// <summary>Ends this connection's use of it.</summary>
    public void Dispose()
    {
        _folder.Remove(_name + Open);
        _folder.Dispose();
    }
}
