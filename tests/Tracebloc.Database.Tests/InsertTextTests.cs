namespace Tracebloc.Database.Tests;

public sealed class InsertTextTests
{
    private static readonly LoadTarget Target = new(
        "t`x", ["id", "a"], [new("data_intent", "train"), new("extension", null), new("run", "it's")]);

    [Fact]
    public void Fields_become_literals_and_constants_follow()
    {
        using var chunk = Chunks.Of(["1", "it's"], ["2", null]);

        var (sql, rows) = Assert.Single(new InsertText(Target, 1000).Statements(chunk));

        Assert.Equal(
            "INSERT INTO `t``x` (`id`,`a`,`data_intent`,`extension`,`run`) VALUES "
            + "('1','it\\'s','train',NULL,'it\\'s'),('2',NULL,'train',NULL,'it\\'s')",
            sql);
        Assert.Equal(2, rows);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(180, 3)]
    [InlineData(10_000, 1)]
    public void Statements_stay_under_the_limit_and_hold_every_row_once(int limit, int atLeast)
    {
        using var chunk = Chunks.Of(
            [.. Enumerable.Range(1, 7).Select(row => new string?[] { $"{row}", new('x', row * 3) })]);

        var statements = new InsertText(Target, limit).Statements(chunk).ToList();

        Assert.True(statements.Count >= atLeast);
        Assert.Equal(7, statements.Sum(one => one.Rows));
        Assert.All(statements, one => Assert.True(one.Rows == 1 || one.Sql.Length <= limit));
        foreach (var row in Enumerable.Range(1, 7))
            Assert.Single(statements, one => one.Sql.Contains($"('{row}',", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error()
    {
        var builder = new ChunkBuilder();
        builder.Add([0xff, 0xfe]);
        builder.EndRow(1);
        using var chunk = builder.Take();

        Assert.ThrowsAny<ArgumentException>(() => new InsertText(Target, 1000).Statements(chunk).ToList());
    }
}
