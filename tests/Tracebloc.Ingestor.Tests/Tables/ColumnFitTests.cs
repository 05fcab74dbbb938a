using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class ColumnFitTests
{
    [Theory]
    [InlineData("INT", "int", 10, true)]
    [InlineData("INT", "bigint", 19, true)]
    [InlineData("INT", "smallint", 5, false)]
    [InlineData("INT", "int unsigned", 10, false)]
    [InlineData("BIGINT", "int", 10, false)]
    [InlineData("BOOL", "tinyint(1)", 3, true)]
    [InlineData("BOOL", "varchar(5)", 5, false)]
    [InlineData("FLOAT", "float", 12, true)]
    [InlineData("FLOAT", "double", 22, true)]
    [InlineData("DOUBLE", "float", 12, false)]
    [InlineData("VARCHAR(80)", "varchar(80)", 80, true)]
    [InlineData("VARCHAR(80)", "varchar(79)", 79, false)]
    [InlineData("VARCHAR(80)", "text", 65535, true)]
    [InlineData("VARCHAR(80)", "tinytext", 255, false)]
    [InlineData("VARCHAR(60)", "tinytext", 255, true)]
    [InlineData("CHAR(3)", "char(3)", 3, true)]
    [InlineData("CHAR(3)", "char(4)", 4, false)]
    [InlineData("TEXT", "varchar(255)", 255, false)]
    [InlineData("TEXT", "mediumtext", 16777215, true)]
    [InlineData("BLOB", "text", 65535, false)]
    [InlineData("TIMESTAMP", "datetime", null, true)]
    [InlineData("DATETIME", "timestamp", null, true)]
    [InlineData("DATE", "datetime", null, false)]
    [InlineData("TIME", "time", null, true)]
    public void A_column_that_is_there_must_hold_every_value(string declared, string there, int? size, bool expected)
    {
        Assert.True(SqlType.TryParse(declared, out var type, out _));
        var column = new ColumnFacts("c", there.Split('(', ' ')[0], there) { Size = size };

        Assert.Equal(expected, ColumnFit.Holds(column, type));
    }

    [Theory]
    [InlineData("FLOAT", "float", 0, "values are rounded to 7 digits")]
    [InlineData("FLOAT", "double", 0, null)]
    [InlineData("DATETIME", "datetime", 0, "fractions of a second are lost")]
    [InlineData("TIMESTAMP", "timestamp(3)", 3, "fractions of a second are kept to 3 digits")]
    [InlineData("TIMESTAMP", "datetime(6)", 6, null)]
    [InlineData("TIME", "time", 0, "fractions of a second are lost")]
    [InlineData("DATE", "date", 0, null)]
    [InlineData("INT", "bigint", 0, null)]
    public void A_column_that_holds_every_value_may_lose_digits(
        string declared, string there, int scale, string? loss)
    {
        Assert.True(SqlType.TryParse(declared, out var type, out _));
        var column = new ColumnFacts("c", there.Split('(')[0], there) { Scale = scale };

        Assert.True(ColumnFit.Holds(column, type));
        Assert.Equal(loss, ColumnFit.LossOf(column, type));
    }

    [Theory]
    [InlineData(10, 2, true)]
    [InlineData(12, 4, true)]
    [InlineData(10, 3, false)]
    [InlineData(10, 1, false)]
    [InlineData(9, 2, false)]
    public void A_decimal_keeps_the_digits_on_both_sides(int digits, int scale, bool expected)
    {
        var column = new ColumnFacts("c", "decimal", $"decimal({digits},{scale})") { Size = digits, Scale = scale };

        Assert.Equal(expected, ColumnFit.Holds(column, new SqlType(SqlBase.Decimal, 10, 2)));
    }
}
