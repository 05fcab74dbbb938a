using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class PresenceRuleTests
{
    private static readonly SeenObject At12 = new(12);

    [Theory]
    [InlineData(10, 12, 12, Difference.None)] // It has the newest.
    [InlineData(10, 12, 10, Difference.None)] // It came to the version of the first look; the next is in flight.
    [InlineData(10, 12, 11, Difference.None)]
    [InlineData(10, 12, 9, Difference.Older)] // It has not come to it after a moment.
    [InlineData(10, 12, 13, Difference.None)] // The row was read after the object.
    public void A_live_row_comes_to_the_version_of_the_first_look(int first, int now, int row, object difference) =>
        Assert.Equal(
            difference,
            PresenceRule.Decide(
                First((ulong)first, rowVersion: 8), new SeenObject((ulong)now),
                new StoredVersion((ulong)row, RowState.Live)));

    [Fact]
    public void A_row_that_was_ahead_before_the_object_was_read_is_newer() =>
        Assert.Equal(
            Difference.Newer,
            PresenceRule.Decide(First(12, rowVersion: 20), At12, new StoredVersion(20, RowState.Live)));

    [Theory]
    [InlineData(null)]
    [InlineData(RowState.Deleted)]
    [InlineData(RowState.Evicted)]
    public void An_object_that_is_alive_has_a_live_row(object? state) =>
        Assert.Equal(Difference.WithoutRow, PresenceRule.Decide(First(12), At12, Row(state)));

    [Theory]
    [InlineData(null)]
    [InlineData(RowState.Deleted)]
    [InlineData(RowState.Evicted)]
    [InlineData(RowState.Live)]
    public void The_row_of_an_object_that_is_being_deleted_may_be_gone(object? state) =>
        Assert.Equal(
            Difference.None, PresenceRule.Decide(First(12), At12 with { IsDeleting = true }, Row(state)));

    [Theory]
    [InlineData(null, Difference.WithoutRow)]
    [InlineData(RowState.Evicted, Difference.None)]
    [InlineData(RowState.Live, Difference.None)]
    public void An_immutable_object_has_a_row_before_it_leaves(object? state, object difference) =>
        Assert.Equal(
            difference, PresenceRule.Decide(First(12), At12 with { IsImmutable = true }, Row(state)));

    [Theory]
    [InlineData(null, Difference.None)]
    [InlineData(RowState.Deleted, Difference.None)]
    [InlineData(RowState.Evicted, Difference.None)]
    [InlineData(RowState.Live, Difference.WithoutObject)]
    public void Only_a_live_row_needs_its_object(object? state, object difference) =>
        Assert.Equal(difference, PresenceRule.Decide(First(0), null, Row(state)));

    private static Suspect First(ulong objectVersion, ulong rowVersion = 0) =>
        new("uid", "team-a", "one", objectVersion, rowVersion);

    private static StoredVersion? Row(object? state) => state is RowState known ? new(12, known) : null;
}
