using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// The lock of a staging folder: a file that its holder writes again and again. Pods of several nodes may ask for it,
/// so its age is measured by the clock of the volume, and by none of theirs. It keeps two transfers from waiting for
/// each other's harm; the renaming of the work folder is what makes the loser harmless.
/// </summary>
internal sealed class StagingLock
{
    // The HResult of an IOException is the system's errno.
    private const int Exists = 17;

    private readonly StagingPlace _place;
    private readonly Guid _session;

    private StagingLock(StagingPlace place, Guid session, bool wasClean) =>
        (_place, _session, WasClean) = (place, session, wasClean);

    /// <summary>False where the earlier holder did not release it: it may be stalled, and not dead.</summary>
    public bool WasClean { get; }

    /// <summary>Takes the lock, at once or after its holder has been silent for long enough.</summary>
    /// <exception cref="StagingException">Another transfer holds it.</exception>
    public static async Task<StagingLock> TakeAsync(
        StagingPlace place, Guid session, LockTimes times, TimeProvider time, CancellationToken token)
    {
        var (wasClean, first) = (true, (LockState?)null);
        while (true)
        {
            if (TryCreate(place, session)) return new StagingLock(place, session, wasClean);
            if (LockState.Read(place) is not { } seen) continue;
            first ??= seen;
            if (seen.Session != first.Session || seen.Beat > first.Beat) throw seen.Busy(place);
            if (seen.Silence >= times.Stale)
            {
                wasClean = false;
                // Of two that take it over, one renames the file. The other's new lock may be hit: then its next
                // beat fails.
                var old = $"{place.LockFile}-{session:N}";
                if (VolumeFile.Rename(place.LockFile, old) == RenameResult.Done) File.Delete(old);
                continue;
            }

            await Task.Delay(times.Look, time, token);
        }
    }

    /// <summary>Requires that a session holds the lock.</summary>
    /// <exception cref="StagingException">It does not.</exception>
    public static void Require(StagingPlace place, Guid session)
    {
        if (LockState.Read(place)?.Session != session) throw Lost(place);
    }

    /// <summary>Shows that the holder is alive.</summary>
    /// <exception cref="StagingException">Another transfer has taken the lock over.</exception>
    public void Beat()
    {
        Require(_place, _session);
        using var handle = File.OpenHandle(_place.LockFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, " "u8, LockState.Length);
    }

    /// <summary>Gives the lock back, where it is still this transfer's.</summary>
    public void Release()
    {
        if (LockState.Read(_place)?.Session == _session) File.Delete(_place.LockFile);
    }

    /// <summary>The fault of a transfer whose folder another one has taken.</summary>
    public static StagingException Lost(StagingPlace place) => new(
        StagingFailure.TakenOver,
        $"Folder {place.Folder} was taken over by another transfer; let one of the two end, and start the other again");

    private static bool TryCreate(StagingPlace place, Guid session)
    {
        try
        {
            using var handle = File.OpenHandle(place.LockFile, FileMode.CreateNew, FileAccess.Write);
            var started = File.GetLastWriteTimeUtc(handle).Ticks;
            var text = string.Create(CultureInfo.InvariantCulture, $"{session:N} {started:D19}\n");
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(text), 0);
            return true;
        }
        catch (IOException there) when (there.HResult == Exists)
        {
            return false;
        }
    }
}
