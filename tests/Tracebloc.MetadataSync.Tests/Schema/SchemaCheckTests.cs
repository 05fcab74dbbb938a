using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Tests.Schema;

public sealed class SchemaCheckTests
{
    private static readonly KindSet Two = KindSet.Of([KindTable.All[0], KindTable.All[3]]);

    [Fact]
    public void Whole_tables_are_complete()
    {
        var check = SchemaCheck.Of(Two, Found.Whole(Two));

        Assert.True(check.IsComplete);
        Assert.Equal(["tier"], check.Kinds[0].Columns.Select(column => column.Name));
    }

    [Fact]
    public void In_an_empty_database_everything_is_missing_by_name() => Assert.Equal(
        NeededTables.Of(Two).Select(table => $"table {table.Name} is missing; run metadata-sync migrate"),
        SchemaCheck.Of(Two, new FoundTables()).Differences);

    [Fact]
    public void Former_tables_cannot_be_written_and_the_other_kinds_do_not_notice()
    {
        var found = Found.Of([.. Found.Whole(Two).Tables.Values.Where(table => !table.Name.StartsWith("project")),
            .. Found.Former(Two.All[0])]);

        var check = SchemaCheck.Of(Two, found);

        Assert.Equal([false, true], check.Kinds.Select(kind => kind.IsWritable));
        Assert.Equal(
            [
                "table project: column evicted_time is missing; run metadata-sync migrate",
                "table project_labels: unique key (obj_uid, key) is missing; run metadata-sync migrate",
                "table project_annotations: unique key (obj_uid, key) is missing; run metadata-sync migrate",
            ],
            check.Kinds[0].Missing);
        Assert.Contains(
            "table project_annotations: column value is TEXT, and `value` MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE "
                + "utf8mb4_bin NOT NULL is needed; run metadata-sync migrate",
            check.Remarks);
    }

    [Fact]
    public void A_column_that_is_not_there_is_never_written()
    {
        var found = Without("pipeline", "owner");

        var check = SchemaCheck.Of(Two, found);

        Assert.Equal(["pipeline_type"], check.Kinds[1].Columns.Select(column => column.Name));
        Assert.True(check.Kinds[1].IsWritable);
        Assert.Equal(
            ["table pipeline: column owner is missing, and is not written; run metadata-sync migrate"], check.Remarks);
    }

    [Fact]
    public void Until_evictions_are_known_the_rows_of_a_kind_are_not_compared_with_the_cluster()
    {
        var check = SchemaCheck.Of(Two, Found.Whole(Two) with
        {
            Fillings = [new("project", "evicted_time"), new("pipeline", "owner")],
        });

        Assert.Equal([false, true], check.Kinds.Select(kind => kind.IsWritable));
        Assert.Equal(
            ["table pipeline: column owner is not filled yet; run metadata-sync migrate"], check.Remarks);
    }

    [Fact]
    public void The_tables_of_a_newer_program_are_an_error() => Assert.Contains(
        "use the newest version", Assert.Single(SchemaCheck.Of(Two, Found.Whole(Two) with { Layout = 99 }).Missing));

    private static FoundTables Without(string table, string column)
    {
        var whole = Found.Whole(Two);
        var found = whole.Tables[table];
        return whole with
        {
            Tables = new Dictionary<string, FoundTable>(whole.Tables)
            {
                [table] = found with { Columns = [.. found.Columns.Where(one => one.Name != column)] },
            },
        };
    }
}
