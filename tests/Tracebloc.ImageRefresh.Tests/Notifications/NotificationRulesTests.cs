using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Records;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Notifications;

public sealed class NotificationRulesTests
{
    private static readonly RefreshRecord Settled = new() { Settled = A, Applied = A, AppliedAt = Now };

    private static readonly RefreshRecord Attempted = Settled.Apply(B, Now.AddMinutes(1));

    [Fact]
    public void A_rollout_that_completes_is_a_refresh_whoever_writes_it_down() =>
        Assert.Equal(
            new NotificationRules(
                NotificationKind.Refreshed, B, Attempted.AppliedAt, "sha256:aaaaaaaaaaaa -> sha256:bbbbbbbbbbbb"),
            Only(Attempted, Attempted.Settle(isProven: true), Outcome.Settled));

    [Fact]
    public void A_notice_is_one_line_whatever_it_quotes()
    {
        var change = Change(Settled, Settled);
        var news = new NotificationRules(NotificationKind.Repaired, A, Now, "changed to \"a\nb\"");

        Assert.Equal("changed to \"a b\"", Notification.Of(news, change).Message);
    }

    [Fact]
    public void The_start_of_a_rollout_is_none() => Assert.Empty(Of(Settled, Attempted, Outcome.Refreshed, B));

    [Fact]
    public void First_sight_is_none()
    {
        Assert.Empty(Of(new(), new() { Settled = A }, Outcome.Recorded));
        Assert.Empty(Of(new(), new() { Settled = A }, Outcome.Adopted));
    }

    [Fact]
    public void A_failed_attempt_is_told_with_its_error() =>
        Assert.Equal(
            new NotificationRules(
                NotificationKind.RolloutFailed,
                B,
                Attempted.AppliedAt,
                "attempt 1 at sha256:bbbbbbbbbbbb failed: no pod"),
            Only(Attempted, Attempted.Fail("no pod", 3), Outcome.RolloutFailed));

    [Fact]
    public void The_last_attempt_is_a_giving_up_and_no_failure_beside_it() =>
        Assert.Equal(
            new NotificationRules(
                NotificationKind.GaveUp,
                B,
                Attempted.AppliedAt,
                "sha256:bbbbbbbbbbbb is given up after 1 attempts; last error: no pod"),
            Only(Attempted, Attempted.Fail("no pod", 1), Outcome.GaveUp));

    [Fact]
    public void What_was_given_up_is_not_told_again()
    {
        var lost = Attempted.Fail("no pod", 1);

        Assert.Empty(Of(lost, lost, Outcome.GaveUp));
        Assert.Empty(Of(lost, lost with { Failures = 1 }, Outcome.Unresolved));
    }

    [Fact]
    public void A_repair_is_told_when_it_is_made_and_not_when_it_completes()
    {
        var again = Settled.Apply(A, Now.AddMinutes(1));

        Assert.Equal(NotificationKind.Repaired, Only(Settled, again, Outcome.Repaired, A).What);
        Assert.Empty(Of(again, again.Settle(isProven: true), Outcome.Repaired));
    }

    [Fact]
    public void A_failure_that_is_tried_again_by_the_same_patch_is_told()
    {
        var again = Attempted.Fail("no pod", 3).Apply(B, Now.AddMinutes(2));

        Assert.Equal(NotificationKind.RolloutFailed, Only(Attempted, again, Outcome.Retried, B).What);
    }

    [Fact]
    public void A_failure_that_another_digest_is_put_on_top_of_is_told()
    {
        var judged = Attempted.Fail("no pod", 3);
        var change = Change(Attempted, judged.Apply(C, Now.AddMinutes(2))) with { Judged = judged, Target = C };

        var news = Assert.Single(NotificationRules.Of(change));

        Assert.Equal((NotificationKind.RolloutFailed, B), (news.What, news.Digest));
    }

    [Fact]
    public void A_rollback_is_told_and_so_is_what_goes_into_quarantine_with_it()
    {
        var failed = Attempted.Fail("no pod", 3);
        var back = failed.RollBack(A, new QuarantineEntry(B, Now.AddMinutes(2), "no pod"));

        Assert.Equal(
            [(NotificationKind.RolledBack, B), (NotificationKind.Quarantined, B)],
            Of(Attempted, back, Outcome.RolledBack, A).Select(news => (news.What, news.Digest!)));
    }

    [Fact]
    public void What_is_tried_again_alone_is_not_in_quarantine()
    {
        var suspect = new QuarantineEntry(B, Now.AddMinutes(2), "no pod") { IsSuspect = true };
        var back = Attempted.Fail("no pod", 3).RollBack(A, suspect);

        Assert.Equal(NotificationKind.RolledBack, Only(Attempted, back, Outcome.RolledBack, A).What);
    }

    [Fact]
    public void The_end_of_a_rollback_is_no_refresh()
    {
        var back = Attempted.Fail("no pod", 3).RollBack(A, new QuarantineEntry(B, Now.AddMinutes(2), "no pod"));

        Assert.Empty(Of(back, back.Settle(isProven: true), Outcome.RolledBack));
    }

    [Fact]
    public void The_same_happening_has_the_same_id_and_the_next_attempt_another()
    {
        var settled = Attempted.Settle(isProven: true);
        var (news, change) = (Only(Attempted, settled, Outcome.Settled), Change(Attempted, settled));
        var later = news with { AppliedAt = Now.AddDays(1) };

        string IdOf(NotificationRules each, DateTimeOffset at) => Notification.Of(each, change with { At = at }).Id;

        Assert.Equal(IdOf(news, Now), IdOf(news, Now.AddHours(1)));
        Assert.NotEqual(IdOf(news, Now), IdOf(later, Now));
        Assert.NotEqual(IdOf(news, Now), IdOf(news with { What = NotificationKind.GaveUp }, Now));
    }

    [Theory]
    [InlineData(Outcome.Refreshed, null, true)]
    [InlineData(Outcome.Retried, null, true)]
    [InlineData(Outcome.Settled, null, false)]
    [InlineData(Outcome.Held, null, false)]
    [InlineData(Outcome.Refreshed, 'c', false)]
    public void How_long_a_refresh_took_only_the_tick_knows_that_has_watched_it(
        object outcome, char? next, bool isKnown)
    {
        var settled = Attempted.Settle(isProven: true);
        var news = Only(Attempted, settled, Outcome.Settled);
        var change = Change(Attempted, settled) with
        {
            Outcome = (Outcome)outcome,
            Target = next is { } digit ? DigestOf(digit) : null,
        };

        var took = Notification.Of(news, change with { At = Now.AddMinutes(16) }).Took;

        Assert.Equal(isKnown ? TimeSpan.FromMinutes(15) : null, took);
    }

    private static NotificationRules Only(
        RefreshRecord before, RefreshRecord after, Outcome outcome, Registry.Digest? target = null) =>
        Assert.Single(Of(before, after, outcome, target));

    private static IEnumerable<NotificationRules> Of(
        RefreshRecord before, RefreshRecord after, Outcome outcome, Registry.Digest? target = null) =>
        NotificationRules.Of(Change(before, after) with { Outcome = outcome, Target = target });

    private static ImageChange Change(RefreshRecord before, RefreshRecord after) => new()
    {
        Image = EnvSet(),
        Outcome = Outcome.Unchanged,
        Message = "changed by helm",
        Before = before,
        After = after,
        Workload = Workload(),
        At = Now,
    };
}
