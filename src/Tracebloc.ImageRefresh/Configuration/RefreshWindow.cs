namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>
/// Weekly hours in which rollouts may start, by the clock on the wall of a place: open whenever that clock shows a
/// time within them. So an hour that is skipped in spring never opens, and one that comes twice in autumn opens twice.
/// </summary>
/// <param name="Text">As the configuration has it.</param>
/// <param name="Days">On which it opens; where it goes past midnight, it closes on the day after.</param>
/// <param name="Opens">Since midnight.</param>
/// <param name="Closes">Since midnight, and no longer within; before <paramref name="Opens"/> of the day after.</param>
/// <param name="Zone">The time zone of the hours.</param>
public sealed record RefreshWindow(
    string Text, IReadOnlySet<DayOfWeek> Days, TimeSpan Opens, TimeSpan Closes, TimeZoneInfo Zone)
{
    public bool Contains(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
        var time = local.TimeOfDay;
        var isWithin = Opens < Closes ? time >= Opens && time < Closes : time >= Opens || time < Closes;
        return isWithin && Days.Contains((time >= Opens ? local : local.AddDays(-1)).DayOfWeek);
    }

    public override string ToString() => Text;
}
