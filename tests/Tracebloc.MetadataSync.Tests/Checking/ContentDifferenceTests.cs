using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class ContentDifferenceTests
{
    private const string Hidden = "the-password";

    private static readonly KindSchema Schema = new(SomeObject.Gadget, [], SomeObject.Gadget.Columns);

    private static readonly SyncedObject Seen = new SomeObject
    {
        Labels = new Dictionary<string, string> { ["team"] = "a", ["Team"] = "b" },
        Annotations = new Dictionary<string, string> { ["note"] = Hidden },
    }.Read();

    private static readonly StoredContent Same = new(new StoredRow(Seen.Uid, Seen.Version))
    {
        GroupVersion = Seen.GroupVersion,
        Namespace = Seen.Namespace,
        Name = Seen.Name,
        CreatedAt = Seen.CreatedAt,
        Json = Seen.Json,
        Columns = Seen.Columns,
        Labels = [new(Seen.Uid, "team", "a"), new(Seen.Uid, "Team", "b")],
        Annotations = [new(Seen.Uid, "note", Hidden)],
    };

    [Fact]
    public void A_row_that_was_written_from_the_object_is_the_same() => Assert.Empty(Parts(Same));

    [Fact]
    public void Every_part_is_compared()
    {
        Assert.Equal(["column group_ver"], Parts(Same with { GroupVersion = "test.example/v2" }));
        Assert.Equal(["column namespace"], Parts(Same with { Namespace = "team-b" }));
        Assert.Equal(["column name"], Parts(Same with { Name = "One" }));
        Assert.Equal(["column create_time"], Parts(Same with { CreatedAt = Seen.CreatedAt.AddSeconds(1) }));
        Assert.Equal(["label team"], Parts(Same with { Labels = Same.Labels.Skip(1).ToList() }));
        Assert.Equal(["label more"], Parts(Same with { Labels = [.. Same.Labels, new(Seen.Uid, "more", "")] }));
        Assert.Equal(["annotation note"], Parts(Same with { Annotations = [new(Seen.Uid, "note", "other")] }));
        var other = new SomeObject { Annotations = Seen.Annotations, Labels = Seen.Labels, Spec = "{}" };
        Assert.Equal(
            ["json spec.colour", "json spec.isRound", "json spec.size"], Parts(Same with { Json = other.Json }));
    }

    [Fact]
    public void Each_column_is_compared_by_its_type()
    {
        object?[] values = ["blue", 4L, false, Seen.CreatedAt];
        for (var place = 0; place < values.Length; place++)
            foreach (var value in (object?[])[values[place], null])
            {
                object?[] columns = [.. Seen.Columns];
                columns[place] = value;
                Assert.Equal(
                    [$"column {SomeObject.Gadget.Columns[place].Name}"], Parts(Same with { Columns = columns }));
            }
    }

    [Fact]
    public void A_column_that_the_table_lacks_is_not_compared()
    {
        var schema = Schema with { Columns = [SomeObject.Gadget.Columns[2]] };

        Assert.Empty(ContentDifference.Of(Seen, Same with { Columns = [Seen.Columns[2]] }, schema));
        Assert.Equal(
            ["column is_round"], ContentDifference.Of(Seen, Same with { Columns = [false] }, schema));
    }

    [Fact]
    public void No_value_is_in_the_words()
    {
        var row = Same with { Annotations = [new(Seen.Uid, "note", "x")], Json = "{}"u8.ToArray() };

        Assert.DoesNotContain(Parts(row), part => part.Contains(Hidden, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Parts(StoredContent row) => ContentDifference.Of(Seen, row, Schema);
}
