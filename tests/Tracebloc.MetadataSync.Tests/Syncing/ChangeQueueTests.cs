using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Syncing;

namespace Tracebloc.MetadataSync.Tests.Syncing;

public sealed class ChangeQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_several_changes_of_one_object_the_newest_is_taken()
    {
        var queue = QueueOf(long.MaxValue);
        foreach (var change in (PendingChange[])[Seen("a", 1), Seen("b", 1), Seen("a", 2)])
            await queue.AddAsync(change, Token);

        var batch = await queue.TakeAsync(10, long.MaxValue, Token);

        Assert.Equal(["a 2", "b 1"], batch.Select(Text));
    }

    [Fact]
    public async Task A_change_of_an_object_that_is_being_stored_waits_for_its_end()
    {
        var queue = QueueOf(long.MaxValue);
        await queue.AddAsync(Seen("a", 1), Token);
        var first = await queue.TakeAsync(10, long.MaxValue, Token);
        await queue.AddAsync(Seen("a", 2), Token);

        var next = queue.TakeAsync(10, long.MaxValue, Token).AsTask();
        Assert.False(next.IsCompleted);
        queue.Done(first);

        Assert.Equal(["a 2"], (await next).Select(Text));
    }

    [Fact]
    public async Task A_batch_that_could_not_be_stored_comes_again_and_newer_changes_take_its_place()
    {
        var queue = QueueOf(long.MaxValue);
        await queue.AddAsync(Seen("a", 1) with { Mode = WriteMode.Restored }, Token);
        await queue.AddAsync(Seen("b", 1), Token);
        var first = await queue.TakeAsync(10, long.MaxValue, Token);
        await queue.AddAsync(Seen("a", 2), Token);

        queue.Return(first);

        var again = await queue.TakeAsync(10, long.MaxValue, Token);
        Assert.Equal(["a 2", "b 1"], again.Select(Text).Order());
        Assert.Equal(WriteMode.Restored, again.OfType<PendingChange.Seen>().Single(each => each.Uid == "a").Mode);
    }

    [Fact]
    public async Task The_bytes_are_bounded_and_room_comes_with_what_is_stored()
    {
        var queue = QueueOf(Seen("a", 1).Bytes + 100);
        await queue.AddAsync(Seen("a", 1), Token);

        var second = queue.AddAsync(Seen("b", 1), Token).AsTask();
        Assert.False(second.IsCompleted);
        // A newer state of what waits needs no more room.
        await queue.AddAsync(Seen("a", 2), Token);
        var batch = await queue.TakeAsync(10, long.MaxValue, Token);
        Assert.False(second.IsCompleted);
        queue.Done(batch);
        await second;

        Assert.Equal(["b 1"], (await queue.TakeAsync(10, long.MaxValue, Token)).Select(Text));
    }

    [Fact]
    public async Task A_batch_ends_by_number_and_by_bytes()
    {
        var queue = QueueOf(long.MaxValue);
        foreach (var uid in (string[])["a", "b", "c", "d"]) await queue.AddAsync(Seen(uid, 1), Token);

        Assert.Equal(["a 1", "b 1"], (await queue.TakeAsync(2, long.MaxValue, Token)).Select(Text));
        Assert.Equal(["c 1"], (await queue.TakeAsync(10, 1, Token)).Select(Text));
        Assert.Equal(4, queue.Count);
    }

    [Fact]
    public async Task The_lag_counts_from_the_first_change_that_waits()
    {
        var queue = QueueOf(long.MaxValue);
        await queue.AddAsync(Seen("a", 1) with { At = 5 }, Token);
        await queue.AddAsync(new PendingChange.Gone("a", 2, At: 9), Token);

        var only = Assert.Single(await queue.TakeAsync(10, long.MaxValue, Token));

        Assert.Equal(new PendingChange.Gone("a", 2, At: 5), only);
    }

    private static ChangeQueue QueueOf(long mostBytes) => new(new QueueRoom(mostBytes, kinds: 1), "Gadget");

    private static PendingChange.Seen Seen(string uid, int version) =>
        new(new ObjectIdentity(uid, "team-a", "one", $"{version}"), new byte[100], At: 0);

    private static string Text(PendingChange change) =>
        change is PendingChange.Seen seen ? $"{seen.Uid} {seen.Identity.ResourceVersion}" : $"{change.Uid} gone";
}
