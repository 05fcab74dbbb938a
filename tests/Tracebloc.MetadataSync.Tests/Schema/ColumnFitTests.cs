using FsCheck;
using FsCheck.Fluent;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Tests.Schema;

public sealed class ColumnFitTests
{
    private static readonly string[] Needed =
    [
        "TINYINT(1)", "INT", "BIGINT", "BIGINT UNSIGNED", "VARCHAR(63)", "VARCHAR(255)", "VARCHAR(317)", "TEXT",
        "MEDIUMTEXT", "LONGBLOB", "DATETIME(6)", "JSON",
    ];

    private static readonly string[] Types =
    [
        "TINYINT(1)", "INT", "INT(11)", "BIGINT", "BIGINT(20) UNSIGNED", "VARCHAR(63)", "VARCHAR(255)", "VARCHAR(317)",
        "TEXT", "MEDIUMTEXT", "LONGTEXT", "BLOB", "MEDIUMBLOB", "LONGBLOB", "DATETIME", "DATETIME(3)", "DATETIME(6)",
        "TIMESTAMP", "JSON", "DECIMAL(10,2)", "ENUM('a','b')",
    ];

    [Theory]
    [InlineData("varchar(255)", "VARCHAR(255)", true)]
    [InlineData("varchar(254)", "VARCHAR(255)", false)]
    [InlineData("bigint(20) unsigned", "BIGINT UNSIGNED", true)]
    [InlineData("bigint(20)", "BIGINT UNSIGNED", false)]
    [InlineData("int(11)", "BIGINT", false)]
    [InlineData("tinyint(4)", "TINYINT(1)", true)]
    [InlineData("datetime", "DATETIME(6)", false)]
    [InlineData("datetime(6)", "DATETIME(6)", true)]
    [InlineData("text", "MEDIUMTEXT", false)]
    [InlineData("longtext", "MEDIUMTEXT", true)]
    [InlineData("longtext", "JSON", true)]
    [InlineData("json", "JSON", true)]
    [InlineData("mediumblob", "LONGBLOB", false)]
    public void A_type_covers_those_whose_values_have_room(string found, string needed, bool covers) =>
        Assert.Equal(covers, SqlType.Parse(found).Covers(SqlType.Parse(needed)));

    [Fact]
    public void A_changed_column_has_room_for_what_is_needed_and_for_what_is_there() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Gen.Elements(Needed).ToArbitrary(),
            Gen.Elements(Types).ToArbitrary(),
            (neededType, foundType) =>
            {
                var (needed, found) = (new ColumnShape("c", neededType), SqlType.Parse(foundType));
                var fit = ColumnFit.Of(needed, new FoundColumn("c", found));
                if (fit.Change is null) return found.Covers(SqlType.Parse(needed.Type));
                var changed = SqlType.Parse(fit.Change.Type);
                return changed.Covers(SqlType.Parse(needed.Type)) && (fit.IsConverted || found.Word == "longtext"
                    || changed.Covers(found) || !found.Covers(changed));
            }));

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Null_is_replaced_where_it_may_no_longer_be(bool isFoundNullable, bool isNullable, bool hasNulls)
    {
        var fit = ColumnFit.Of(
            new ColumnShape("c", "BIGINT") { IsNullable = isNullable },
            new FoundColumn("c", SqlType.Parse("bigint")) { IsNullable = isFoundNullable });

        Assert.Equal((isNullable, hasNulls), (fit.Change?.IsNullable, fit.HasNulls));
    }
}
