using System.Text;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class WritePlanTests
{
    private static readonly WriteRule Rule = new(SomeObject.Gadget, WriteMode.Newer, DateTimeOffset.UnixEpoch);

    [Fact]
    public void New_rows_and_changed_ones_are_in_the_order_of_uids()
    {
        var plan = Plan(
            [Write("d"), Write("b"), Write("C"), Write("a", 5), Write("e", 4)], ("a", 4), ("b", 4), ("e", 4));

        Assert.Equal(["C", "d"], plan.Inserts.Select(row => row.Uid));
        Assert.Equal(["a", "b"], plan.Updates.Select(row => row.Uid));
        Assert.Equal(
            [.. Enumerable.Repeat(WriteOutcome.Written, 4), WriteOutcome.Unchanged], plan.Outcomes);
    }

    [Fact]
    public void Of_several_versions_of_one_object_the_newest_is_written()
    {
        var plan = Plan([Write("a", 5), Write("a", 7), Write("a", 6), Write("a", 7), Write("b", 3)], ("b", 9));

        Assert.Equal((7UL, "a"), plan.Inserts is [var row] ? (row.Object.Version, row.Uid) : default);
        Assert.Empty(plan.Updates);
        Assert.Equal("Written Written Older Unchanged Older", string.Join(' ', plan.Outcomes));
    }

    [Fact]
    public void The_copy_of_an_evicted_object_lacks_our_finalizer_and_states_the_version_that_was_read()
    {
        var read = new SomeObject { Version = 8 }.Read();

        var plan = Plan([new RowWrite(read, Evicts: true)]);

        var copy = Text(plan.Inserts[0].Json);
        Assert.DoesNotContain("finalizers", copy);
        Assert.Contains("\"resourceVersion\":\"8\"", copy);
        Assert.Contains("finalizers", Text(read.Json));
        Assert.Equal(8UL, plan.Inserts[0].Object.Version);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static WritePlan Plan(RowWrite[] writes, params (string Uid, int Version)[] stored) => WritePlan.Of(
        writes, stored.ToDictionary(each => each.Uid, each => new StoredRow(each.Uid, (ulong)each.Version)), Rule);

    private static RowWrite Write(string uid, int version = 100) =>
        new(new SomeObject { Uid = uid, Version = (ulong)version }.Read());
}
