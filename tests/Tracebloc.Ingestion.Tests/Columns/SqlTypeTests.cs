using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

public sealed class SqlTypeTests
{
    [Theory]
    [InlineData("int", "INT", "INT", 4)]
    [InlineData(" Integer ( 11 ) ", "INT", "INT", 4)]
    [InlineData("BIGINT", "BIGINT", "BIGINT", 8)]
    [InlineData("float(24)", "FLOAT", "DOUBLE", 8)]
    [InlineData("DECIMAL", "DECIMAL(10,0)", "DECIMAL(10,0)", 5)]
    [InlineData("numeric(12,2)", "DECIMAL(12,2)", "DECIMAL(12,2)", 6)]
    [InlineData("boolean", "BOOL", "TINYINT(1)", 1)]
    [InlineData("VARCHAR", "VARCHAR(255)", "VARCHAR(255)", 1022)]
    [InlineData("VARCHAR(20)", "VARCHAR(20)", "VARCHAR(20)", 81)]
    [InlineData("char", "CHAR(1)", "CHAR(1)", 4)]
    [InlineData("TEXT", "TEXT", "TEXT", 10)]
    [InlineData("DATE", "DATE", "DATE", 3)]
    [InlineData("DATETIME", "DATETIME", "DATETIME(6)", 8)]
    [InlineData("TIMESTAMP(3)", "TIMESTAMP", "DATETIME(6)", 8)]
    [InlineData("TIME", "TIME", "TIME(6)", 6)]
    public void A_type_is_read_in_any_form(string text, string declared, string ddl, int bytes)
    {
        var type = ReadCell.Type(text);

        Assert.Equal((declared, ddl, bytes), (type.Declared, type.Ddl, type.RowBytes));
    }

    [Theory]
    [InlineData("VARCHR(10)", "\"VARCHR(10)\" is not a column type; did you mean VARCHAR?")]
    [InlineData("POINT", "\"POINT\" is not a column type; did you mean INT?")]
    [InlineData("VARCHAR(0)", "\"VARCHAR(0)\": VARCHAR holds 1 to 16383 characters; declare TEXT for longer values")]
    [InlineData("VARCHAR(99999999999)",
        "\"VARCHAR(99999999999)\": VARCHAR holds 1 to 16383 characters; declare TEXT for longer values")]
    [InlineData("CHAR(256)", "\"CHAR(256)\": CHAR holds 1 to 255 characters")]
    [InlineData("DECIMAL(66)", "\"DECIMAL(66)\": DECIMAL has 1 to 65 digits")]
    [InlineData("DECIMAL(5,6)",
        "\"DECIMAL(5,6)\": DECIMAL has at most 30 digits after the point, and at least as many in all")]
    public void A_faulty_type_has_a_remedy(string text, string message)
    {
        Assert.False(SqlType.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }
}
