using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

/// <summary>
/// Any window at any minute of a year with both clock changes, against spans laid out by hand: each day's hours, moved
/// by the offset in force, once for each of the year's three stretches of one offset.
/// </summary>
public sealed class WindowProperties
{
    private static readonly DateTimeOffset Year = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Changes of offset in Europe/Berlin in 2026: Directive 2000/84/EC, last Sundays of March and October, 01:00 UTC.
    private static readonly (DateTimeOffset From, DateTimeOffset To, int Hours)[] Offsets =
    [
        (Year.AddDays(-30), new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), 1),
        (new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), 2),
        (new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), Year.AddDays(400), 1),
    ];

    [Fact]
    public void A_window_is_open_in_its_spans_and_opens_next_where_the_next_one_starts() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(WindowTexts().ToArbitrary(), Minutes().ToArbitrary(), (text, now) =>
            {
                Assert.True(RefreshWindowParser.TryParse(text, out var window, out var error), error);
                var spans = Spans(window);
                var isOpen = spans.Exists(span => span.From <= now && now < span.To);
                Assert.Equal(isOpen, window.Contains(now));
                var image = Some.EnvSet() with { Gates = new() { Windows = [window] } };
                var candidate = new Candidate(image, Some.B, new() { Settled = Some.A }, Some.Workload(), now)
                {
                    Policy = Some.Policy,
                };
                var next = spans.Select(span => span.From).Where(from => from > now).Min();
                Assert.Equal(isOpen ? (DateTimeOffset?)null : next, OpeningHours.Check(candidate)?.Until);
            }));

    private static Gen<string> WindowTexts() =>
        from days in Gen.SubListOf("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        where days.Count > 0
        from opens in Gen.Choose(0, 95)
        from closes in Gen.Choose(0, 96)
        where opens != closes
        select $"{string.Join(',', days)} {Time(opens)}-{Time(closes)} Europe/Berlin";

    /// <summary>Half of them within a day of a clock change.</summary>
    private static Gen<DateTimeOffset> Minutes() => Gen.OneOf(
        Gen.Choose(0, 365 * 24 * 60).Select(minute => Year.AddMinutes(minute)),
        from change in Gen.Elements(Offsets[0].To, Offsets[1].To)
        from minute in Gen.Choose(-1440, 1440)
        select change.AddMinutes(minute));

    private static string Time(int quarter) => $"{quarter / 4:00}:{quarter % 4 * 15:00}";

    private static List<(DateTimeOffset From, DateTimeOffset To)> Spans(RefreshWindow window)
    {
        var spans = new List<(DateTimeOffset, DateTimeOffset)>();
        foreach (var day in Enumerable.Range(-7, 390).Select(day => Year.AddDays(day)))
        {
            foreach (var (start, end, hours) in Offsets.Where(_ => window.Days.Contains(day.DayOfWeek)))
            {
                var from = day + window.Opens - TimeSpan.FromHours(hours);
                var length = window.Closes - window.Opens;
                var to = from + (length > TimeSpan.Zero ? length : length + TimeSpan.FromDays(1));
                (from, to) = (from > start ? from : start, to < end ? to : end);
                if (from < to)
                    spans.Add((from, to));
            }
        }
        return spans;
    }
}
