using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class StoredKindTests
{
    private static readonly string[] Columns =
        [.. KindTables.MainOf(SomeObject.Gadget).Columns.Select(column => column.Name)];

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void All_columns_but_that_for_protobuf_are_written()
    {
        var kind = new StoredKind(SomeObject.Gadget, Columns.ToHashSet());
        var read = new SomeObject().Read();

        var statement = Assert.Single(
            kind.Update.Statements([kind.Values(new(new(read), Now, null), Now)], new(1 << 20)));

        Assert.StartsWith(
            "INSERT INTO `gadget` (`uid`,`group_ver`,`namespace`,`name`,`res_version`,`create_time`,`update_time`,"
            + "`delete_time`,`evicted_time`,`json`,`colour`,`size`,`is_round`,`made_at`) VALUES "
            + "(?,?,?,?,?,?,?,?,?,CONVERT(? USING utf8mb4),?,?,?,?) ON DUPLICATE KEY UPDATE `group_ver`=VALUES(",
            statement.Text);
        var utc = new DateTime(2026, 11, 30, 10, 0, 0, DateTimeKind.Utc);
        Assert.Equal(
            [
                read.Uid, "test.example/v1", "team-a", "one", 100UL, read.CreatedAt.UtcDateTime, utc, utc, null,
                read.Json, "red", 3L, true, new DateTime(2026, 1, 2, 3, 4, 5, 678, 901, DateTimeKind.Utc),
            ],
            statement.Values);
    }

    [Fact]
    public void No_column_that_the_table_lacks_is_named()
    {
        var kind = new StoredKind(
            SomeObject.Gadget, Columns.Except(["evicted_time", "size", "made_at"]).ToHashSet());

        var insert = Assert.Single(
            kind.Insert.Statements([kind.Values(new(new(new SomeObject().Read()), null, Now), Now)], new(1 << 20)));

        Assert.False(kind.HasEvictions);
        Assert.EndsWith(
            "`delete_time`,`json`,`colour`,`is_round`) VALUES (?,?,?,?,?,?,?,?,CONVERT(? USING utf8mb4),?,?)",
            insert.Text);
        Assert.Equal(true, insert.Values[^1]);
        Assert.Equal(
            "SELECT uid, res_version, delete_time, NULL FROM `gadget` FORCE INDEX (PRIMARY) WHERE uid IN (?,?) "
            + "ORDER BY uid FOR UPDATE",
            kind.Rows(["a", "b"], locks: true).Text);
        Assert.DoesNotContain("evicted", kind.LiveAfter("", 5, byKey: false).Text);
        Assert.DoesNotContain("evicted", kind.Delete([new("a")], Now).Text);
    }

    [Fact]
    public void The_columns_that_the_check_of_the_schema_found_are_written()
    {
        var kind = StoredKind.Of(new KindSchema(SomeObject.Gadget, [], [SomeObject.Gadget.Columns[1]]));

        var insert = Assert.Single(
            kind.Insert.Statements([kind.Values(new(new(new SomeObject().Read()), null, null), Now)], new(1 << 20)));

        Assert.True(kind.HasEvictions);
        Assert.Contains("`delete_time`,`evicted_time`,`json`,`size`) VALUES", insert.Text);
        Assert.Equal(3L, insert.Values[^1]);
    }

    [Fact]
    public void Deletions_state_their_versions_where_they_are_known()
    {
        var kind = new StoredKind(SomeObject.Gadget, Columns.ToHashSet());

        var delete = kind.Delete([new("a"), new("b", 7)], Now);

        Assert.Equal(
            "UPDATE `gadget` SET delete_time = ?, res_version = GREATEST(res_version, "
            + "CASE uid WHEN ? THEN ? ELSE 0 END) WHERE uid IN (?,?) AND delete_time IS NULL AND evicted_time IS NULL",
            delete.Text);
        Assert.Equal([Now.UtcDateTime, "b", 7UL, "a", "b"], delete.Values);
        Assert.DoesNotContain("GREATEST", kind.Delete([new("a")], Now).Text);
    }
}
