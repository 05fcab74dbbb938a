using Tracebloc.ImageRefresh.Records;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Records;

public sealed class RefusalTests
{
    [Fact]
    public void The_waits_grow_from_none_to_six_hours()
    {
        var refusals = Refusals.None;
        var waits = new List<double>();
        for (var look = 0; look < 9; look++)
        {
            refusals = refusals.Add(A, Now);
            waits.Add((Assert.Single(refusals.Entries).Until - Now).TotalMinutes);
        }

        Assert.Equal([0, 15, 30, 60, 120, 240, 360, 360, 360], waits);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(360, true)]
    [InlineData(361, false)]
    public void A_refusal_is_believed_until_its_time_and_for_six_hours_at_most(int minutes, bool covers) =>
        Assert.Equal(covers, new Refusal(A, 3, Now.AddMinutes(minutes)).Covers(Now));

    [Fact]
    public void Each_digest_has_its_own_and_three_are_remembered()
    {
        var refusals = new[] { A, B, C, DigestOf('d'), C }.Aggregate(
            Refusals.None, (all, digest) => all.Add(digest, Now));

        Assert.Equal(
            [(C, 2), (DigestOf('d'), 1), (B, 1)], refusals.Entries.Select(entry => (entry.Digest, entry.Count)));
        Assert.Equal(refusals, Refusals.Parse($"{refusals}"));
    }
}
