using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

public sealed class TableLimitsTests
{
    [Theory]
    [InlineData("price", null)]
    [InlineData("label", null)]
    [InlineData("P01033|TIMP1", null)]
    [InlineData("ID", "is a column that every table has; rename it")]
    [InlineData("data_intent", "is a column that every table has; rename it")]
    [InlineData("", "has no name; name the column")]
    [InlineData("a\0b", "contains a NUL character; remove it")]
    [InlineData("a😀", "contains a character beyond U+FFFF, which no column's name may have; remove it")]
    public void A_name_is_judged_as_the_database_does(string name, string? fault) =>
        Assert.Equal(fault, TableLimits.FaultOf(name));

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Assert.Null(TableLimits.FaultOf(new string('ä', 64)));
        Assert.Equal(
            "has 65 characters, a column's name at most 64; shorten it", TableLimits.FaultOf(new string('ä', 65)));
    }

    [Fact]
    public void A_table_of_some_columns_breaks_no_limit() => Assert.Empty(TableLimits.FaultsOf(Of(200, "INT")));

    [Fact]
    public void A_table_has_at_most_1017_columns()
    {
        Assert.Empty(TableLimits.FaultsOf(Of(1006, "TINYINT")));
        Assert.StartsWith("The table needs 1018 columns, 11 of its own included", Fault(Of(1007, "TINYINT")));
    }

    [Fact]
    public void A_row_has_at_most_65535_bytes() => Assert.Equal(
        "A row takes 69987 bytes of at most 65535: declare shorter VARCHAR columns, "
        + "or TEXT, which lies outside the row",
        Fault(Of(64, "VARCHAR(255)")));

    [Fact]
    public void The_part_of_a_row_in_its_page_has_at_most_8126_bytes() => Assert.StartsWith(
        "A row takes 8335 bytes of its page of at most 8126", Fault(Of(200, "TEXT")));

    private static string Fault(TableShape table) => Assert.Single(TableLimits.FaultsOf(table));

    private static TableShape Of(int columns, string type) =>
        new([.. Enumerable.Range(0, columns).Select(i => new Column($"c{i}", ReadCell.Type(type)))]);
}
