using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The lock of a staging folder as it is found.</summary>
/// <param name="Session">The transfer that holds it; empty while its holder writes it for the first time.</param>
/// <param name="Beat">Its last beat, by the clock of the volume.</param>
/// <param name="Age">The time since it was taken.</param>
/// <param name="Silence">The time since its last beat.</param>
internal sealed record LockState(Guid Session, DateTime Beat, TimeSpan Age, TimeSpan Silence)
{
    /// <summary>The bytes of a lock: the session, and the time when it was taken.</summary>
    public const int Length = 32 + 1 + 19 + 1;

    /// <summary>Reads a lock; null where there is none.</summary>
    public static LockState? Read(StagingPlace place)
    {
        if (UnlinkedFile.KindOf(place.LockFile) == FileKind.Absent) return null;
        try
        {
            using var handle = UnlinkedFile.Open(place.LockFile);
            var text = new byte[Length];
            var count = RandomAccess.Read(handle, text, 0);
            var beat = File.GetLastWriteTimeUtc(handle);
            var now = Now(place);
            var words = Encoding.ASCII.GetString(text, 0, count).Split(' ');
            var session = Guid.TryParseExact(words[0], "N", out var holder) ? holder : Guid.Empty;
            var started = words.Length > 1
                && long.TryParse(words[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var ticks)
                && ticks is > 0 and < long.MaxValue / 4
                    ? new DateTime(ticks, DateTimeKind.Utc)
                    : beat;
            return new LockState(session, beat, now - started, now - beat);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The fault of another transfer that wants the folder.</summary>
    public StagingException Busy(StagingPlace place) => new(
        StagingFailure.Busy,
        $"Folder {place.Folder} is being written by another transfer, which began {Math.Max(0, Age.TotalSeconds):0} s "
        + "ago; wait for its end, or end it");

    /// <summary>The time of the volume, which may be another machine's.</summary>
    private static DateTime Now(StagingPlace place)
    {
        var probe = $"{place.LockFile}-{Guid.NewGuid():N}";
        try
        {
            using var handle = File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, "."u8, 0);
            return File.GetLastWriteTimeUtc(handle);
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
