using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Records;

public sealed class QuarantineTests
{
    private static QuarantineEntry Entry(int number, string reason = "crashed") =>
        new(Digest.Parse($"sha256:{number:x64}"), Now.AddMinutes(number), reason);

    [Fact]
    public void It_holds_the_latest_ten()
    {
        var quarantine = Enumerable.Range(1, 12).Aggregate(Quarantine.Empty, (list, number) => list.Add(Entry(number)));

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(number => Entry(number)), quarantine.Entries);
    }

    [Fact]
    public void A_digest_stands_in_it_once()
    {
        var again = Entry(1) with { At = Now.AddDays(1), Failures = 2 };

        Assert.Equal(new Quarantine(again, Entry(2)), new Quarantine(Entry(2), Entry(1)).Add(again));
    }

    [Fact]
    public void A_full_one_with_the_longest_reasons_leaves_room_for_all_else()
    {
        var quarantine = new Quarantine(
            [.. Enumerable.Range(1, Quarantine.MostEntries).Select(number => Entry(number, new('e', 10_000)))]);

        Assert.InRange(QuarantineJson.Write(quarantine)?.Length ?? 0, 4000, 8 * 1024);
    }

    [Fact]
    public void Doubt_concerns_what_was_rolled_back_at_that_time_and_has_not_failed_too_often()
    {
        var spent = Entry(1) with { Failures = 3 };
        var quarantine = new Quarantine(Entry(1), Entry(2), spent);

        Assert.Equal(
            new Quarantine(Entry(1) with { IsSuspect = true }, Entry(2), spent),
            quarantine.MarkSuspect(Entry(1).At, mostFailures: 3));
    }

    [Fact]
    public void It_is_compared_by_value() =>
        Assert.NotEqual(new Quarantine(Entry(1)), new Quarantine(Entry(1) with { IsSuspect = true }));
}
