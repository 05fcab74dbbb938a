using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Net.Tests;

public sealed class RetryAfterTests
{
    // 2026-05-02 10:00:00 UTC, a Saturday.
    private const long Epoch = 1_777_716_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Epoch);
    private static readonly TimeSpan Cap = TimeSpan.FromDays(1);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData(" 120 ", 120)]
    [InlineData("1.5", 1.5)]
    [InlineData("-5", 0)]
    [InlineData("86400", 86400)]
    [InlineData("86401", 86400)]
    [InlineData("999999999", 86400)]
    [InlineData("1777716030", 30)]
    [InlineData("1777715970", 0)]
    [InlineData("1777802400", 86400)]
    [InlineData("1000000000", 86400)]
    [InlineData("2147483647", 86400)]
    [InlineData("2147483648", 86400)]
    [InlineData("99999999999999999999999999", 86400)]
    [InlineData("1e400", 86400)]
    public void A_number_is_seconds_or_when_huge_a_point_in_time(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, null, Now, Cap));

    [Theory]
    [InlineData("Sat, 02 May 2026 10:00:30 GMT")]
    [InlineData("Saturday, 02-May-26 10:00:30 GMT")]
    [InlineData("Sat May  2 10:00:30 2026")]
    [InlineData("Mon, 02 May 2026 10:00:30 GMT")]
    [InlineData(" Sat, 02 May 2026 10:00:30 GMT ")]
    public void A_date_in_any_of_the_three_forms_is_a_point_in_time(string value) =>
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse(value, null, Now, Cap));

    [Theory]
    [InlineData("Sat, 02 May 2026 09:59:30 GMT", 0)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86400)]
    public void A_date_in_the_past_is_no_wait_and_one_far_off_is_the_cap(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, null, Now, Cap));

    [Theory]
    [InlineData("Sat, 02 May 2026 10:00:30 GMT")]
    [InlineData("1777716030")]
    [InlineData("30")]
    public void A_wrong_local_clock_does_no_harm(string value)
    {
        foreach (var skew in new[] { -1, 0, 1 })
            Assert.Equal(
                TimeSpan.FromSeconds(30),
                RetryAfter.Parse(value, "Sat, 02 May 2026 10:00:00 GMT", Now.AddDays(skew), Cap));
    }

    [Fact]
    public void An_unreadable_date_header_leaves_the_local_clock() => Assert.Equal(
        TimeSpan.FromSeconds(30),
        RetryAfter.Parse("Sat, 02 May 2026 10:00:30 GMT", "today", Now, Cap));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("NaN")]
    [InlineData("soon")]
    [InlineData("331.163µs")]
    [InlineData("30, 60")]
    [InlineData("Sat, 32 May 2026 10:00:30 GMT")]
    [InlineData("Sat, 02 May 2026 10:00:30 CET")]
    public void What_says_nothing_leaves_the_wait_to_the_caller(string? value) =>
        Assert.Null(RetryAfter.Parse(value, null, Now, Cap));

    [Fact]
    public void No_value_leads_out_of_the_bounds() => Prop.ForAll<double>(
        value => RetryAfter.Parse(value.ToString("R", null), null, Now, Cap) is not { } wait
            || (wait >= TimeSpan.Zero && wait <= Cap)).QuickCheckThrowOnFailure();
}
