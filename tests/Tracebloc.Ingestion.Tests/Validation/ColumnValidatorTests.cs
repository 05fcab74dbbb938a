using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class ColumnValidatorTests
{
    private static readonly Validate Houses =
        Validate.Classification("{rooms: INT, area: DOUBLE, sold: DATE, kind: VARCHAR(9)}");

    [Fact]
    public async Task Rows_that_fit_are_valid()
    {
        var result = await Houses.RunAsync("rooms,area,sold,kind\n3,70.5,2024-01-31,flat\n7.0,,NA,house\n");

        Assert.True(result.IsValid);
        Assert.Equal(2, result.Rows);
        Assert.Equal(
            ["Column area: 1 cell became NULL (\"\" 1)", "Column sold: 1 cell became NULL (\"NA\" 1)"],
            result.Nulls.Select(each => $"{each}"));
        Assert.Equal(DateOrder.Unknown, result.DateOrders["sold"]);
    }

    [Fact]
    public async Task Every_faulty_value_has_its_place() => Assert.Equal(
        """
        Data: rows.csv:2:1: rooms: "x" is not an INT; write digits, or declare VARCHAR
        Data: rows.csv:2:10: sold: "2024-02-30" is no day or time of the calendar; correct it, or leave the cell empty
        Data: rows.csv:3:3: area: "70,5" is not a DOUBLE; write a decimal point, or set csv_options.delimiter
        Data: rows.csv:4:19: kind: "penthouses" has 10 characters, more than VARCHAR(9) holds; declare a longer VARCHAR
        """,
        await Houses.ReportAsync(
            "rooms,area,sold,kind\nx,\"70.5\",2024-02-30,flat\n3,\"70,5\",2024-01-31,house\n"
            + "3,70.5,2024-01-31,  penthouses\n"));

    [Fact]
    public async Task A_fault_in_the_last_row_is_found()
    {
        var rows = string.Concat(Enumerable.Repeat("3,1,2024-01-31,flat\n4,1,2024-01-31,house\n", 10_000));

        Assert.Equal(
            "Data: rows.csv:20002:1: rooms: \"3.5\" has a fraction, which INT does not hold; declare DOUBLE or DECIMAL",
            await Houses.ReportAsync($"rooms,area,sold,kind\n{rows}3.5,1,2024-01-31,flat"));
    }

    [Fact]
    public async Task Twenty_faults_are_described_and_all_are_counted()
    {
        var rows = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"x,{(i == 2 ? "y" : "1")},,a\nx,1,,b\n"));
        var result = await Houses.RunAsync($"rooms,area,sold,kind\n{rows}");
        var data = result.Findings.Single(each => each.Validator == "Data");

        Assert.Equal((10_001, 20), (data.Total, data.First.Count));
        Assert.Equal(
            [(2, "rooms"), (3, "rooms"), (4, "rooms"), (5, "rooms"), (6, "rooms"), (6, "area"), (7, "rooms")],
            data.First.Take(7).Select(finding => ((int)finding.Line, finding.ColumnName ?? "")));
    }

    [Theory]
    [InlineData("rooms,area,sold,Kind\n1,1,,a\n2,2,,b\n",
        "Data: note: Column \"Kind\" of rows.csv is read as \"kind\"")]
    [InlineData("room,area,sold,kind\n1,1,,a\n2,2,,b\n",
        "Data: rows.csv:1: has no column \"rooms\"; did you mean \"room\"?")]
    [InlineData("rooms,area,sold,KIND,Kind\n1,1,,a,b\n",
        "Data: rows.csv:1: has no column \"kind\"; did you mean \"KIND\"?")]
    [InlineData("a,b,c\n1,1,1\n",
        "Data: rows.csv:1: has no column \"rooms\"; it has \"a\", \"b\", \"c\"\n"
        + "Data: rows.csv:1: has no column \"area\"; it has \"a\", \"b\", \"c\"\n"
        + "Data: rows.csv:1: has no column \"sold\"; it has \"a\", \"b\", \"c\"\n"
        + "Data: rows.csv:1: has no column \"kind\"; it has \"a\", \"b\", \"c\"")]
    public async Task Columns_are_found_by_their_names(string csv, string report) =>
        Assert.Equal(report, await Houses.ReportAsync(csv));

    [Fact]
    public async Task A_file_with_another_delimiter_has_a_remedy() => Assert.Equal(
        "Data: rows.csv:1: has no column \"kind\"; its only column is \"kind;x\", so set csv_options.delimiter",
        await Validate.Classification("{kind: INT}").ReportAsync("kind;x\n1;2\n"));

    [Fact]
    public async Task The_delimiter_of_the_specification_is_that_of_validation()
    {
        var houses = Houses with { Keys = "label: kind\nspec: {csv_options: {delimiter: ';'}}" };

        Assert.Equal("", await houses.ReportAsync("rooms;area;sold;kind\n3;70.5;;flat\n3;70.5;;house\n"));
    }

    [Theory]
    [InlineData("a,kind\n1,x\n2,x\n",
        "Label: note: Column kind: all labels are equal; a classification needs at least two classes")]
    [InlineData("a,kind\n1,\n2,NA\n", "Label: rows.csv: kind: no row has a label; fill the column")]
    [InlineData("a,kind\n1,x\n2,\n3,y\n", "")]
    [InlineData("a,b\n1,x\n", "Label: rows.csv:1: has no column \"kind\"; it has \"a\", \"b\"")]
    [InlineData("a, KIND \n1,x\n2,y\n", "Label: note: Column \"KIND\" of rows.csv is read as \"kind\"")]
    public async Task A_label_outside_the_schema_is_checked(string csv, string report) =>
        Assert.Equal(report, await Validate.Classification("{a: INT}").ReportAsync(csv));

    [Fact]
    public async Task A_label_has_at_most_255_characters() => Assert.Equal(
        $"Label: rows.csv:2:3: kind: \"{new string('x', 60)}…\" has 256 characters, more than VARCHAR(255) holds; "
        + "declare a longer VARCHAR",
        await Validate.Classification("{a: INT}").ReportAsync($"a,kind\n1,{new string('x', 256)}\n2,y\n3,z\n"));

    [Fact]
    public async Task A_bucketed_label_is_cut_into_bins()
    {
        var houses = Validate.Regression("{price: INT, rooms: INT}", "{column: price, policy: bucket, bins: 2}");
        var rows = string.Concat(Enumerable.Range(1, 100).Select(i => $"{i},1\n"));

        var result = await houses.RunAsync($"price,rooms\n{rows}");

        Assert.Equal("50.5", Assert.Single(result.Boundaries?.Cuts ?? []).Text);
        Assert.True(result.IsValid);
    }

    [Fact]
    public async Task Fewer_bins_than_asked_for_are_a_note() => Assert.Equal(
        "NumericLabel: note: Column price: 1 bin instead of 10: 3 rows with a value, some of them equal, allow no more "
        + "of at least 10 rows each",
        await Validate.Regression("{price: INT}", "{column: price, policy: bucket}").ReportAsync("price\n1\n2\n3\n"));

    [Fact]
    public async Task Dates_in_two_orders_are_ambiguous_until_a_row_shows_the_order()
    {
        var dates = Validate.Classification("{kind: INT, d: DATE}");

        Assert.Equal(
            "Data: rows.csv:3:3: d: \"03/04/2024\" may be day and month in either order, and so may all dates of the "
            + "column; write YYYY-MM-DD",
            await dates.ReportAsync("kind,d\n1,05/05/2024\n2,03/04/2024\n"));
        Assert.Equal("", await dates.ReportAsync("kind,d\n1,05/05/2024\n2,03/04/2024\n3,31/12/2024\n"));
        var result = await dates.RunAsync("kind,d\n2,03/04/2024\n3,31/12/2024\n");
        Assert.Equal(DateOrder.DayFirst, result.DateOrders["d"]);
    }

    [Theory]
    [InlineData("id,kind\na,1\n,2\n", "DataId: rows.csv:3:1: id: is empty; give each row its id, or remove data_id")]
    [InlineData("id,kind\na,1\nb,2\n a ,3\n",
        "DataId: rows.csv: id: 2 rows share one id; ids are unique, so remove the repeats\n"
        + "DataId: rows.csv:4:1: id: repeats the id of line 2")]
    [InlineData("kind,id\n1,b\n2,a\n1,b\n2,a\n1,c\n2,b\n",
        "DataId: rows.csv: id: 5 rows share 2 ids; ids are unique, so remove the repeats\n"
        + "DataId: rows.csv:4:3: id: repeats the id of line 2\n"
        + "DataId: rows.csv:5:3: id: repeats the id of line 3\n"
        + "DataId: rows.csv:7:3: id: repeats the id of line 2")]
    [InlineData("kind\n1\n2\n", "DataId: rows.csv:1: has no column \"id\"; did you mean \"kind\"?")]
    public async Task Ids_of_a_column_are_unique(string csv, string report)
    {
        var rows = Validate.Classification("{kind: INT}") with
        {
            Keys = "label: kind\ndata_id: {strategy: column, column: id}",
        };

        var text = await rows.ReportAsync(csv);
        Assert.StartsWith(report.Split("; did")[0], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_repeated_ids_the_first_lines_are_named_and_all_are_counted()
    {
        var rows = Validate.Classification("{kind: INT}") with
        {
            Keys = "label: kind\ndata_id: {strategy: column, column: id}",
        };

        var result = await rows.RunAsync(
            "id,kind\n" + string.Concat(Enumerable.Range(0, 3_000).Select(row => $"{row % 1_000},{row % 2}\n")));

        var findings = result.Findings.Single(each => each.Validator == "DataId");
        Assert.Equal((2_000, Findings.Kept), (findings.Total, findings.First.Count));
        Assert.Equal("rows.csv:1002:1: id: repeats the id of line 2", $"{findings.First[1]}");
        Assert.Equal("rows.csv:1020:1: id: repeats the id of line 20", $"{findings.First[^1]}");
    }

    [Fact]
    public async Task Values_that_lost_blanks_are_counted_by_column()
    {
        var rows = Validate.Classification("{kind: INT, city: VARCHAR(20), note: TEXT}") with
        {
            Keys = "label: sort",
        };

        var result = await rows.RunAsync(
            "kind,city,note,sort\n 1,Ulm , ,a\n2,\u00a0Bonn,x, b\n3,Köln,\" y \",c\n4, NA ,z,d\n");

        Assert.Equal(
            [new("kind", 1), new("city", 3), new("note", 1), new TrimmedCells("sort", 1)], result.Trimmed);
        Assert.Equal(
            [
                "Column note: 1 cell became NULL (\"\" 1)",
                "Column kind: 1 value lost the blanks around it",
                "Column city: 3 values lost the blanks around them",
                "Column note: 1 value lost the blanks around it",
                "Column sort: 1 value lost the blanks around it",
            ],
            result.Remarks);
    }
}
