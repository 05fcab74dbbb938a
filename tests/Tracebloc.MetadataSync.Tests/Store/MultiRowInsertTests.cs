using Tracebloc.Database;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class MultiRowInsertTests
{
    private static readonly MultiRowInsert Insert = new(
        "t`x", [("uid", "?"), ("json", SqlText.OfBytes)], MultiRowInsert.OrUpdate(["json"]));

    [Fact]
    public void Rows_share_a_statement_and_values_are_parameters()
    {
        var bytes = (ReadOnlyMemory<byte>)"{}"u8.ToArray();

        var statement = Assert.Single(Insert.Statements([["a", bytes], ["it's", null]], new(1 << 20)));

        Assert.Equal(
            "INSERT INTO `t``x` (`uid`,`json`) VALUES (?,CONVERT(? USING utf8mb4)),(?,CONVERT(? USING utf8mb4)) "
            + "ON DUPLICATE KEY UPDATE `json`=VALUES(`json`)",
            statement.Text);
        Assert.Equal(["a", bytes, "it's", null], statement.Values);
    }

    [Fact]
    public void Without_rows_there_is_no_statement() => Assert.Empty(Insert.Statements([], new(1 << 20)));

    [Theory]
    [InlineData(64 << 20, 12, 100_000, "10 2")]
    [InlineData(1 << 20, 12, 100_000, "5 5 2")]
    [InlineData(64 << 20, 3, 2_000_000, "1 1 1")]
    [InlineData(64 << 20, 2_001, 1, "1000 1000 1")]
    public void Statements_keep_to_half_of_the_packet_and_to_a_mebibyte(
        int packet, int rows, int length, string counts)
    {
        var text = new string('x', length);

        var statements = Insert.Statements(
            Enumerable.Range(0, rows).Select(_ => new object?[] { text, null }), new(packet));

        Assert.Equal(counts, string.Join(' ', statements.Select(statement => statement.Values.Count / 2)));
    }

    [Theory]
    [InlineData("x", 1_000_000, true)]
    [InlineData("x", 1_100_000, false)]
    [InlineData("'", 500_000, true)]
    [InlineData("'", 550_000, false)]
    [InlineData("\\", 550_000, false)]
    [InlineData("ä", 500_000, true)]
    [InlineData("ä", 550_000, false)]
    public void A_row_longer_than_the_packet_is_rejected_before_the_server_ends_the_connection(
        string letter, int count, bool fits)
    {
        object?[] row = [string.Concat(Enumerable.Repeat(letter, count)), null];

        var thrown = Record.Exception(() => Insert.Statements([row], new(1 << 20)).ToList());

        if (fits) Assert.Null(thrown);
        else Assert.True(ContentErrors.IsContent(Assert.IsType<DatabaseException>(thrown)), thrown.Message);
    }
}
