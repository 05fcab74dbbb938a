using System.Globalization;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

/// <summary>When a window is open, by zones whose clocks change at different hours and by different amounts.</summary>
public sealed class RefreshWindowTests
{
    // 2026-03-02 is a Monday.
    [Theory]
    [InlineData("Mon-Fri 09:00-17:00 UTC", "2026-03-02T08:59:59Z", false)]
    [InlineData("Mon-Fri 09:00-17:00 UTC", "2026-03-02T09:00:00Z", true)]
    [InlineData("Mon-Fri 09:00-17:00 UTC", "2026-03-02T16:59:59Z", true)]
    [InlineData("Mon-Fri 09:00-17:00 UTC", "2026-03-02T17:00:00Z", false)]
    [InlineData("Mon-Fri 09:00-17:00 UTC", "2026-03-07T12:00:00Z", false)]
    [InlineData("Sat,Sun 00:00-24:00 UTC", "2026-03-08T23:59:59Z", true)]
    [InlineData("Sat,Sun 00:00-24:00 UTC", "2026-03-09T00:00:00Z", false)]
    [InlineData("Fri-Mon 10:00-11:00 UTC", "2026-03-08T10:30:00Z", true)]
    [InlineData("Fri-Mon 10:00-11:00 UTC", "2026-03-04T10:30:00Z", false)]
    public void It_is_open_on_its_days_from_its_first_minute_to_before_its_last(string text, string at, bool isOpen) =>
        Assert.Equal(isOpen, IsOpen(text, at));

    [Theory]
    [InlineData("2026-03-02T20:59:00Z", false)]
    [InlineData("2026-03-02T21:00:00Z", true)]
    [InlineData("2026-03-03T02:59:00Z", true)]
    [InlineData("2026-03-03T03:00:00Z", false)]
    [InlineData("2026-03-02T02:00:00Z", false)]
    [InlineData("2026-03-07T02:00:00Z", true)]
    [InlineData("2026-03-07T21:00:00Z", false)]
    public void Past_midnight_it_belongs_to_the_day_on_which_it_opened(string at, bool isOpen) =>
        Assert.Equal(isOpen, IsOpen("Mon-Fri 22:00-04:00 Europe/Berlin", at));

    // Sunday 2026-03-29, 02:00 becomes 03:00 at 01:00 UTC.
    [Theory]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-03-29T00:00:00Z", true)]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-03-29T02:59:00Z", true)]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-03-29T03:00:00Z", false)]
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-29T00:59:00Z", false)]
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-29T01:00:00Z", true)]
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-29T02:00:00Z", false)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-03-29T00:59:00Z", false)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-03-29T01:15:00Z", false)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-04-05T00:15:00Z", true)]
    // Sunday 2026-09-06, midnight itself becomes 01:00 at 04:00 UTC.
    [InlineData("Sat 22:00-02:00 America/Santiago", "2026-09-06T03:59:00Z", true)]
    [InlineData("Sat 22:00-02:00 America/Santiago", "2026-09-06T04:59:00Z", true)]
    [InlineData("Sat 22:00-02:00 America/Santiago", "2026-09-06T05:00:00Z", false)]
    [InlineData("Sun 00:00-01:00 America/Santiago", "2026-09-06T04:00:00Z", false)]
    [InlineData("Sun 00:00-24:00 America/Santiago", "2026-09-06T04:00:00Z", true)]
    // Sunday 2026-10-04, half an hour only: 02:00 becomes 02:30 at 15:30 UTC of Saturday.
    [InlineData("Sun 02:00-02:45 Australia/Lord_Howe", "2026-10-03T15:30:00Z", true)]
    [InlineData("Sun 02:00-02:45 Australia/Lord_Howe", "2026-10-03T15:45:00Z", false)]
    public void Where_the_clock_skips_an_hour_so_does_the_window(string text, string at, bool isOpen) =>
        Assert.Equal(isOpen, IsOpen(text, at));

    // Sunday 2026-10-25, 03:00 becomes 02:00 at 01:00 UTC.
    [Theory]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-10-24T23:00:00Z", true)]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-10-25T03:59:00Z", true)]
    [InlineData("Sun 01:00-05:00 Europe/Berlin", "2026-10-25T04:00:00Z", false)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T00:15:00Z", true)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T00:45:00Z", false)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T01:15:00Z", true)]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-10-25T01:45:00Z", false)]
    [InlineData("Sat 22:00-02:30 Europe/Berlin", "2026-10-25T00:30:00Z", false)]
    [InlineData("Sat 22:00-02:30 Europe/Berlin", "2026-10-25T01:00:00Z", true)]
    // Saturday 2026-04-04, midnight becomes 23:00 at 03:00 UTC of Sunday: the last hour of Saturday comes twice.
    [InlineData("Sat 23:00-24:00 America/Santiago", "2026-04-05T02:30:00Z", true)]
    [InlineData("Sat 23:00-24:00 America/Santiago", "2026-04-05T03:30:00Z", true)]
    [InlineData("Sun 00:00-01:00 America/Santiago", "2026-04-05T03:30:00Z", false)]
    [InlineData("Sun 00:00-01:00 America/Santiago", "2026-04-05T04:00:00Z", true)]
    public void Where_the_clock_shows_an_hour_twice_the_window_is_open_twice(string text, string at, bool isOpen) =>
        Assert.Equal(isOpen, IsOpen(text, at));

    // 04:30 in Kolkata is 23:00 UTC of the day before, 12:45 ahead is Chatham's.
    [Theory]
    [InlineData("Mon 04:30-05:00 Asia/Kolkata", "2026-03-01T23:00:00Z", true)]
    [InlineData("Mon 04:30-05:00 Asia/Kolkata", "2026-03-02T04:30:00Z", false)]
    [InlineData("Mon 00:00-01:00 Pacific/Chatham", "2026-03-01T10:15:00Z", true)]
    [InlineData("Mon 00:00-01:00 Pacific/Chatham", "2026-03-01T10:14:00Z", false)]
    public void The_day_is_that_of_the_zone(string text, string at, bool isOpen) =>
        Assert.Equal(isOpen, IsOpen(text, at));

    private static bool IsOpen(string text, string at)
    {
        Assert.True(RefreshWindowParser.TryParse(text, out var window, out var error), error);
        return window.Contains(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
    }
}
