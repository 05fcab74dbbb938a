using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Cli.Describing;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class ColumnScanTests
{
    private static readonly string[] Pieces =
    [
        "", "NA", "NULL", " ", "1", "0", "-7", "+3", "007", "00", "-0", "1.5", "1e3", "inf", "NaN", ".5", "1e999", "t",
        "yes", "No", "TRUE", "2147483648", "9223372036854775808", "2024-01-31", "2024-02-30", "2024/3/4",
        "2024-01-31 10:00", "2024-01-31T10:00:00Z", "2024-01-31T10:00:00+02:00", "31.12.2024", "20240131", "text",
        "\u00e4\u00f6\u00fc", "\U0001F600", " 5 ", "1,5", "none", "-", "+",
    ];

    [Theory]
    [InlineData("INT", "1", "-7", "+3", " 5 ", "NA")]
    [InlineData("BIGINT", "1", "2147483648")]
    [InlineData("BIGINT", "-2147483649")]
    [InlineData("INT", "-2147483648", "2147483647")]
    [InlineData("VARCHAR(19)", "9223372036854775808", "1")]
    [InlineData("FLOAT", "1", "1.5", "-2e-3", ".5")]
    [InlineData("FLOAT", "9223372036854775808", "0.5")]
    [InlineData("VARCHAR(3)", "1.5", "inf")]
    [InlineData("VARCHAR(5)", "1.5", "1e999")]
    [InlineData("VARCHAR(3)", "007", "12")]
    [InlineData("VARCHAR(2)", "1", "00")]
    [InlineData("INT", "0", "1", "0")]
    [InlineData("BOOL", "true", "F", "yes", "n")]
    [InlineData("VARCHAR(3)", "yes", "1")]
    [InlineData("DATE", "2024-01-31", "2024/02/01")]
    [InlineData("DATETIME", "2024-01-31", "2024-01-31 10:00:00")]
    [InlineData("DATETIME", "2024-01-31T10:00:00Z", "2024-02-01T10:00:00Z")]
    [InlineData("VARCHAR(25)", "2024-01-31T10:00:00+02:00", "2024-02-01T10:00:00+01:00")]
    [InlineData("VARCHAR(20)", "2024-01-31T10:00:00Z", "2024-02-01 10:00:00")]
    [InlineData("VARCHAR(10)", "2024-02-30")]
    [InlineData("VARCHAR(10)", "31.12.2024")]
    [InlineData("INT", "20240131")]
    [InlineData("VARCHAR(1)", "\U0001F600")]
    [InlineData("VARCHAR(3)", "\u00e4\u00f6\u00fc", " a ")]
    [InlineData("VARCHAR(1)", "", "NA", "null")]
    [InlineData("VARCHAR(4)", "none")]
    public void A_type_holds_all_values(string type, params string[] cells) =>
        Assert.Equal(type, Scan(cells).Type.Declared);

    [Fact]
    public void A_long_text_is_stored_outside_the_row() =>
        Assert.Equal("TEXT", Scan([new string('x', 16_384)]).Type.Declared);

    [Fact]
    public void The_last_row_counts_as_the_first() =>
        Assert.Equal("FLOAT", Scan([.. Enumerable.Repeat("7", 20_000), "7.5"]).Type.Declared);

    [Theory]
    [InlineData(true, 3000, 1)]
    [InlineData(true, 500, 7919)]
    [InlineData(false, 5, 1)]
    [InlineData(false, 3000, 0)]
    public void Numbers_that_all_differ_look_like_ids(bool isId, int count, int factor) =>
        Assert.Equal(isId, Scan(Enumerable.Range(1, count).Select(i => $"{i * factor % 8191}")).LooksLikeIds);

    [Theory]
    [InlineData("\"4,25\" in line 22", "4,25", 20)]
    [InlineData(null, "4,25", 9)]
    [InlineData(null, "007", 20)]
    [InlineData(null, "5.5", 20)]
    public void A_stray_text_among_numbers_is_named(string? stray, string cell, int numbers) =>
        Assert.Equal(stray, Scan([.. Enumerable.Repeat("3.25", numbers), cell]).Stray);

    [Fact]
    public void Every_cell_loads_with_the_type_that_was_inferred() =>
        Prop.ForAll(
            Gen.OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<double>().Select(number => $"{number:R}"),
                ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => Whole(text.Get)),
                ArbMap.Default.GeneratorFor<DateTime>().Select(date => $"{date:yyyy-MM-dd HH:mm:ss}"))
                .ListOf().ToArbitrary(),
            cells =>
            {
                var type = Scan(cells).Type;
                var reader = ValueReader.For(type, NullWords.Tabular);
                foreach (var cell in cells)
                {
                    var output = new CellOutput(new byte[CellOutput.ScratchBytes]);
                    Assert.NotEqual(
                        CellVerdict.Fault, reader.Read(new(Encoding.UTF8.GetBytes(cell)), ref output));
                }
            }).QuickCheckThrowOnFailure();

    // The reader of CSV has refused everything that is no UTF-8.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static ColumnScan Scan(IEnumerable<string> cells)
    {
        var (scan, line) = (new ColumnScan(NullWords.Tabular), 2L);
        foreach (var cell in cells) scan.Look(new(Encoding.UTF8.GetBytes(cell)), line++);
        return scan;
    }
}
