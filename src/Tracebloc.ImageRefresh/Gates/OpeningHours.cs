using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>Rollouts start within <c>windows</c> only, whatever they are for.</summary>
internal static class OpeningHours
{
    // A window that falls into the hour skipped in spring opens again a week later.
    private const int MinutesAhead = 15 * 24 * 60;

    public static GateResult? Check(Candidate candidate)
    {
        var (windows, now) = (candidate.Image.Gates.Windows, candidate.Now);
        if (windows.Count == 0 || windows.Any(window => window.Contains(now)))
            return null;
        if (NextOpening(windows, now) is not var (until, window))
            return new(Outcome.Held, "held: none of its windows opens within two weeks");
        return new(Outcome.Held, $"held until {until.UtcDateTime:u}: {window} opens then", until);
    }

    // Windows open at whole minutes and zones change at them: no opening is missed. Two weeks take about 2 ms, and are
    // looked through only when a digest is held.
    private static (DateTimeOffset, RefreshWindow)? NextOpening(
        IReadOnlyList<RefreshWindow> windows, DateTimeOffset now)
    {
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), now.Offset);
        for (var ahead = 1; ahead <= MinutesAhead; ahead++)
        {
            minute = minute.AddMinutes(1);
            foreach (var window in windows)
                if (window.Contains(minute))
                    return (minute, window);
        }
        return null;
    }
}
