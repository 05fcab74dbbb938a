using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// Ends a staging pod whose command line is gone: a transfer beats the lock of its folder, and without a beat for long
/// enough there is none. No clock but this machine's monotonic one counts: only changes of the lock's time are seen.
/// </summary>
internal sealed class StageIdleness(StagingPlace place, TimeProvider time)
{
    /// <summary>A folder that no transfer has written to for so long is left.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>Waits until the folder is left.</summary>
    public async Task WaitAsync(CancellationToken token)
    {
        var (last, since) = (Beat(), time.GetTimestamp());
        while (time.GetElapsedTime(since) < Longest)
        {
            await Task.Delay(Look, time, token);
            if (Beat() is not { } beat || beat == last) continue;
            (last, since) = (beat, time.GetTimestamp());
        }
    }

    /// <summary>The time of the lock's last beat; null where no transfer is under way.</summary>
    private DateTime? Beat() =>
        UnlinkedFile.KindOf(place.LockFile) == FileKind.Regular ? File.GetLastWriteTimeUtc(place.LockFile) : null;
}
