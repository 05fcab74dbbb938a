using Tracebloc.MetadataSync.Planning;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Syncing;

public sealed class ChoreQueueTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ChoreQueue _queue;

    public ChoreQueueTests() => _queue = new ChoreQueue(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chores_are_taken_when_they_are_due()
    {
        _queue.Put(Due("later", 10));
        var taking = _queue.TakeAsync(10, Token);
        _queue.Put(Due("now", 0));
        Assert.Equal(["now"], (await taking).Select(chore => chore.Uid));

        var later = _queue.TakeAsync(10, Token);
        _time.Advance(await _time.WaitForTimerAsync(null, Token));

        Assert.Equal(["later"], (await later).Select(chore => chore.Uid));
    }

    [Fact]
    public async Task A_newer_chore_takes_the_place_of_an_older_one_of_its_object()
    {
        _queue.Put(Due("a", 0));
        _queue.Put(Due("a", 0) with { Kind = ChoreKind.Release });

        var only = Assert.Single(await _queue.TakeAsync(10, Token));

        Assert.Equal(ChoreKind.Release, only.Kind);
    }

    [Fact]
    public async Task A_chore_that_is_replaced_while_it_is_done_comes_after_it()
    {
        _queue.Put(Due("a", 0));
        var first = Assert.Single(await _queue.TakeAsync(10, Token));
        _queue.Put(Due("a", 0) with { Version = 7 });

        var next = _queue.TakeAsync(10, Token);
        Assert.False(next.IsCompleted);
        _queue.Repeat(first, TimeSpan.FromHours(1));

        Assert.Equal(7UL, Assert.Single(await next).Version);
    }

    [Fact]
    public async Task A_chore_that_failed_is_put_off_and_one_that_is_done_is_gone()
    {
        _queue.Put(Due("a", 0));
        _queue.Repeat(Assert.Single(await _queue.TakeAsync(10, Token)), TimeSpan.FromSeconds(3));
        var again = _queue.TakeAsync(10, Token);
        _time.Advance(await _time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(3), Token));

        var chore = Assert.Single(await again);
        Assert.Equal(1, chore.Failures);
        _queue.Done(chore);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task The_delay_of_an_annotation_counts_from_its_first_sight()
    {
        _queue.Put(Due("a", 10) with { Kind = ChoreKind.BuryAndDelete });
        _time.Advance(TimeSpan.FromSeconds(10));
        _queue.Put(Due("a", 10) with { Kind = ChoreKind.BuryAndDelete, Version = 2 });

        Assert.Equal(2UL, Assert.Single(await _queue.TakeAsync(10, Token)).Version);
    }

    [Fact]
    public void A_look_takes_no_chores_place()
    {
        _queue.Put(Due("a", 10));
        _queue.Look("a", "team-a", "one");
        _queue.Look("b", "team-a", "two");

        Assert.Equal(2, _queue.Count);
        _queue.Remove("a");
        Assert.Equal(1, _queue.Count);
    }

    private Chore Due(string uid, int seconds) => new(ChoreKind.Hold, uid, "team-a", "one")
    {
        Due = _time.GetUtcNow() + TimeSpan.FromSeconds(seconds),
    };
}
