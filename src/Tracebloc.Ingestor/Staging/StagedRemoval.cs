using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Removes staging folders that transfers have made.</summary>
/// <param name="times">The times of locks.</param>
/// <param name="time">The clock.</param>
internal sealed class StagedRemoval(LockTimes times, TimeProvider time)
{
    /// <summary>Removes a folder, and all that belongs to it.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="StagingException">A transfer writes to it.</exception>
    public async Task<bool> RemoveAsync(StagingPlace place, CancellationToken token)
    {
        if (!Directory.Exists(place.Area)) return false;
        var isThere = UnlinkedFile.KindOf(place.Files) != FileKind.Absent || place.Works().Count > 0;
        var held = await StagingLock.TakeAsync(place, Guid.NewGuid(), times, time, token);
        try
        {
            Remove(place.Files);
            // They mark the folder as one that a transfer has made: killed before, the next removal goes on.
            foreach (var work in place.Works()) Remove(work);
        }
        finally
        {
            held.Release();
        }

        return isThere;
    }

    /// <summary>Removes the folders that no transfer has written to for so long.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> SweepAsync(string volume, TimeSpan age, CancellationToken token)
    {
        List<string> removed = [];
        foreach (var place in StagingPlace.All(volume))
            if (time.GetUtcNow() - LastUse(place) > age && await TryRemoveAsync(place, token))
                removed.Add(place.Folder);
        return removed;
    }

    private async Task<bool> TryRemoveAsync(StagingPlace place, CancellationToken token)
    {
        try
        {
            return await RemoveAsync(place, token);
        }
        catch (StagingException busy) when (busy.Failure == StagingFailure.Busy)
        {
            return false;
        }
    }

    private static DateTime LastUse(StagingPlace place) => place.Works().Append(place.Files).Append(place.LockFile)
        .Where(path => UnlinkedFile.KindOf(path) != FileKind.Absent)
        .Max(File.GetLastWriteTimeUtc);

    // A link is removed itself.
    private static void Remove(string path)
    {
        switch (UnlinkedFile.KindOf(path))
        {
            case FileKind.Absent:
                break;
            case FileKind.Other when Directory.Exists(path):
                Directory.Delete(path, recursive: true);
                break;
            default:
                File.Delete(path);
                break;
        }
    }
}
