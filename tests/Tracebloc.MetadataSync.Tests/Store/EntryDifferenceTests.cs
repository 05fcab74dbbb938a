using FsCheck;
using FsCheck.Fluent;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class EntryDifferenceTests
{
    private static readonly string[] Uids = ["u", "v"], Keys = ["a", "A", "a ", "ä"], Values = ["", "x", "X", "x "];

    [Fact]
    public void Equal_entries_make_no_row()
    {
        var difference = EntryDifference.Of(
            [new("u", "a", "1"), new("u", "b", "2")],
            [("u", new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" })]);

        Assert.Empty(difference.Puts);
        Assert.Empty(difference.Removals);
    }

    [Fact]
    public void Putting_and_removing_gives_the_wanted_entries() => Prop.ForAll(
        Rows().Two().ToArbitrary(),
        rows =>
        {
            var (stored, wanted) = rows;

            var difference = EntryDifference.Of(
                stored,
                [.. Uids.Select(uid => (uid, (IReadOnlyDictionary<string, string>)wanted.Where(row => row.Uid == uid)
                    .ToDictionary(row => row.Key, row => row.Value)))]);

            Assert.DoesNotContain(difference.Puts, stored.Contains);
            Assert.DoesNotContain(difference.Removals, gone => wanted.Any(row => (row.Uid, row.Key) == gone));
            var after = stored.Where(row => !difference.Removals.Contains((row.Uid, row.Key)))
                .Where(row => !difference.Puts.Any(put => (put.Uid, put.Key) == (row.Uid, row.Key)))
                .Concat(difference.Puts);
            Assert.Equal(wanted.Order(Order), after.Order(Order));
        }).QuickCheckThrowOnFailure();

    private static Comparer<EntryRow> Order { get; } =
        Comparer<EntryRow>.Create((one, other) => string.CompareOrdinal($"{one}", $"{other}"));

    private static Gen<EntryRow[]> Rows() =>
        from uid in Gen.Elements(Uids).ArrayOf(6)
        from key in Gen.Elements(Keys).ArrayOf(6)
        from value in Gen.Elements(Values).ArrayOf(6)
        from count in Gen.Choose(0, 6)
        select Enumerable.Range(0, count).Select(at => new EntryRow(uid[at], key[at], value[at]))
            .DistinctBy(row => (row.Uid, row.Key)).ToArray();
}
