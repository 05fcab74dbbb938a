using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

/// <summary>The rows, and the objects that come to them: stored version 100, in one of three states.</summary>
public sealed class WriteRuleTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Now = Then.AddDays(1);

    // The version that comes, the object that it is, its row, the outcome, and the state of the row afterwards.
    [Theory]
    [InlineData(101, "alive", "Live", "Written", "Live")]
    [InlineData(100, "alive", "Live", "Unchanged", "Live")]
    [InlineData(99, "alive", "Live", "Older", "Live")]
    [InlineData(101, "alive", "Deleted", "Written", "Live")]
    [InlineData(100, "alive", "Deleted", "Unchanged", "Deleted")]
    [InlineData(99, "alive", "Deleted", "Older", "Deleted")]
    [InlineData(101, "alive", "Evicted", "Written", "Live")]
    [InlineData(100, "alive", "Evicted", "Written", "Live")]
    [InlineData(99, "alive", "Evicted", "Older", "Evicted")]
    [InlineData(101, "deleting", "Live", "Written", "Live")]
    [InlineData(101, "deleting", "Deleted", "Written", "Deleted")]
    [InlineData(101, "deleting", "Evicted", "Unchanged", "Evicted")]
    [InlineData(101, "marked deleting", "Deleted", "Written", "Deleted")]
    [InlineData(101, "immutable", "Live", "Written", "Live")]
    [InlineData(101, "immutable", "Deleted", "Written", "Deleted")]
    [InlineData(101, "immutable", "Evicted", "Written", "Evicted")]
    [InlineData(101, "of an immutable kind", "Evicted", "Written", "Evicted")]
    [InlineData(101, "evicted", "Live", "Written", "Evicted")]
    [InlineData(100, "evicted", "Live", "Written", "Evicted")]
    [InlineData(99, "evicted", "Live", "Older", "Live")]
    [InlineData(101, "evicted", "Evicted", "Written", "Evicted")]
    [InlineData(100, "evicted", "Evicted", "Unchanged", "Evicted")]
    [InlineData(101, "evicted", "Deleted", "Written", "Evicted")]
    [InlineData(100, "evicted", "Deleted", "Unchanged", "Deleted")]
    [InlineData(99, "evicted", "Deleted", "Older", "Deleted")]
    public void The_greater_version_wins(int version, string one, string row, string outcome, string after) =>
        Check(WriteMode.Newer, version, one, (row, outcome, after));

    [Theory]
    [InlineData(101, "alive", "Live", "Written", "Live")]
    [InlineData(100, "alive", "Live", "Written", "Live")]
    [InlineData(99, "alive", "Live", "Written", "Live")]
    [InlineData(100, "alive", "Deleted", "Written", "Live")]
    [InlineData(99, "alive", "Deleted", "Written", "Live")]
    [InlineData(100, "alive", "Evicted", "Written", "Live")]
    [InlineData(99, "deleting", "Deleted", "Written", "Deleted")]
    [InlineData(100, "deleting", "Deleted", "Written", "Deleted")]
    [InlineData(100, "immutable", "Evicted", "Written", "Evicted")]
    [InlineData(99, "immutable", "Evicted", "Written", "Evicted")]
    [InlineData(100, "evicted", "Live", "Written", "Evicted")]
    [InlineData(99, "evicted", "Live", "Written", "Evicted")]
    [InlineData(100, "evicted", "Evicted", "Written", "Evicted")]
    [InlineData(100, "evicted", "Deleted", "Written", "Evicted")]
    public void After_a_restore_the_object_wins(
        int version, string one, string row, string outcome, string after) =>
        Check(WriteMode.Restored, version, one, (row, outcome, after));

    [Theory]
    [InlineData("alive", "Live")]
    [InlineData("deleting", "Live")]
    [InlineData("immutable", "Live")]
    [InlineData("evicted", "Evicted")]
    public void An_object_without_a_row_gets_one(string one, string after)
    {
        var outcome = Rule(WriteMode.Newer, one).Decide(Write(1, one), null, out var planned);

        Assert.Equal((WriteOutcome.Written, Enum.Parse<RowState>(after)), (outcome, StateOf(planned)));
    }

    private static void Check(
        WriteMode mode, int version, string one, (string Row, string Outcome, string After) wanted)
    {
        var stored = new StoredRow(
            "u", 100, wanted.Row == "Deleted" ? Then : null, wanted.Row == "Evicted" ? Then : null);

        var outcome = Rule(mode, one).Decide(Write(version, one), stored, out var planned);

        Assert.Equal(Enum.Parse<WriteOutcome>(wanted.Outcome), outcome);
        Assert.Equal(outcome == WriteOutcome.Written, planned is not null);
        Assert.Equal(Enum.Parse<RowState>(wanted.After), planned is null ? stored.State : StateOf(planned));
        if (planned is not null && one == "evicted") Assert.Equal(Now, planned.EvictedAt);
        else if (planned?.DeletedAt is { } deleted) Assert.Equal(Then, deleted);
    }

    private static WriteRule Rule(WriteMode mode, string one) =>
        new(SomeObject.Gadget with { IsImmutable = one == "of an immutable kind" }, mode, Now);

    private static RowWrite Write(int version, string one)
    {
        var mark = one switch
        {
            "immutable" or "evicted" => Marks.Immutable,
            "marked deleting" => Marks.Deleting,
            _ => "other",
        };
        var some = new SomeObject
        {
            Version = (ulong)version,
            IsDeleting = one == "deleting",
            Annotations = new Dictionary<string, string> { [mark] = Marks.True },
        };
        return new RowWrite(some.Read(), Evicts: one == "evicted");
    }

    private static RowState? StateOf(PlannedRow? row) =>
        row is null ? null : new StoredRow(row.Uid, 1, row.DeletedAt, row.EvictedAt).State;
}
