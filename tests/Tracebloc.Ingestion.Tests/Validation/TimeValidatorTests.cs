using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class TimeValidatorTests
{
    private static readonly Validate Forecast =
        new("time_series_forecasting", "{timestamp: TIMESTAMP, load: DOUBLE}")
        {
            Keys = "label: {column: load, policy: passthrough}",
        };

    private static readonly Validate Sequences =
        new("time_series_classification", "{sequence_id: VARCHAR(40), timestamp: TIMESTAMP, v: DOUBLE, kind: INT}")
        {
            Keys = "label: kind",
        };

    private static readonly Validate Survival =
        new("time_to_event_prediction", "{days: DOUBLE, event: INT}")
        {
            Keys = "label: {column: event, policy: passthrough}\ntime_column: days",
        };

    [Theory]
    [InlineData("2024-01-01 10:00\n2024-01-01 10:00\n2024-01-02", "")]
    [InlineData("2024-01-02\n2024-01-01\n2024-01-01",
        "TimeOrdered: rows.csv:3:1: timestamp: is before the time of the row above it; sort the rows by time")]
    [InlineData("2024-06-14 23:59\n2024-06-15",
        "TimeBeforeToday: rows.csv:3:1: timestamp: is not before today, 2024-06-15; remove rows of the future")]
    [InlineData("2024-01-01\n\n", "")]
    [InlineData("2024-01-01\nNA", "TimeFormat: rows.csv:3:1: timestamp: is empty; give each row its time")]
    [InlineData("yesterday",
        "TimeFormat: rows.csv:2:1: timestamp: \"yesterday\" is not a TIMESTAMP; write YYYY-MM-DD HH:MM:SS")]
    [InlineData("03/04/2024\n04/05/2024",
        "TimeFormat: rows.csv:2:1: timestamp: \"03/04/2024\" may be day and month in either order, and so may all "
        + "dates of the column; write YYYY-MM-DD")]
    // By the day first these go backwards, by the month first they do not; the last row shows the month first.
    [InlineData("01/05/2024\n02/04/2024\n02/13/2024", "")]
    [InlineData("05/01/2024\n04/02/2024\n04/13/2024",
        "TimeOrdered: rows.csv:3:1: timestamp: is before the time of the row above it; sort the rows by time")]
    public async Task Timestamps_of_a_forecast_ascend_up_to_yesterday(string timestamps, string report)
    {
        var rows = timestamps.Split('\n').Select(time => time.Length == 0 ? "" : $"{time},1");

        Assert.Equal(report, await Forecast.ReportAsync($"timestamp,load\n{string.Join('\n', rows)}\n"));
    }

    [Fact]
    public async Task Features_of_a_series_are_numbers() => Assert.Equal(
        "NumericColumns: rows.csv: region: is VARCHAR(32), and features of a time series are numbers; declare a "
        + "numeric type, or remove the column from schema",
        await (Forecast with { Schema = "{timestamp: TIMESTAMP, load: DOUBLE, region: VARCHAR(32), on: BOOL}" })
            .ReportAsync("timestamp,load,region,on\n2024-01-01,1,north,yes\n"));

    [Theory]
    [InlineData("a,2024-01-01,1,0\nb,2023-01-01,1,1\na,2024-01-02,1,0\nb,2023-01-01,1,1\n",
        "SequenceId: note: 2 sequences of 2 to 2 rows")]
    [InlineData("a,2024-01-02,1,0\nb,2023-01-01,1,1\na,2024-01-01,1,0\n",
        "SequenceId: note: 2 sequences of 1 to 2 rows\n"
        + "SequenceOrder: rows.csv:4:3: timestamp: is before the time of an earlier row of its sequence; sort each "
        + "sequence by time")]
    [InlineData("a,2024-01-01,1,0\na,2024-01-02,1,1\na,2024-01-03,1,\n",
        "SequenceId: note: 1 sequences of 3 to 3 rows\n"
        + "SequenceLabel: rows.csv:3:16: kind: differs from the label of its sequence; give all its rows one label\n"
        + "SequenceLabel: rows.csv:4:16: kind: differs from the label of its sequence; give all its rows one label")]
    [InlineData("a,2024-01-01,1,0\n,2024-01-02,1,1\n",
        "SequenceId: rows.csv:3:1: sequence_id: is empty; give each row the id of its sequence\n"
        + "SequenceId: note: 1 sequences of 1 to 1 rows")]
    [InlineData("a,2024-01-01,1,0\nb,,1,1\n",
        "SequenceId: note: 2 sequences of 1 to 1 rows\n"
        + "SequenceOrder: rows.csv:3:3: timestamp: is empty; give each row its time")]
    [InlineData("x23456789012345678901234567890,2024-01-02,1,0\ny23456789012345678901234567890,2024-01-01,1,1\n",
        "SequenceId: note: 2 sequences of 1 to 1 rows")]
    public async Task A_sequence_has_one_label_and_its_times_ascend(string rows, string report) =>
        Assert.Equal(report, await Sequences.ReportAsync($"sequence_id,timestamp,v,kind\n{rows}"));

    [Fact]
    public void Sequences_beyond_the_limit_are_one_finding()
    {
        var rows = new SequenceRows(new("id", new(SqlBase.Int)), NullWords.Tabular, most: 2);
        var (validator, findings) = (new SequenceIdValidator(rows), new Findings("SequenceId"));
        var builder = new RecordBatchBuilder(1);
        foreach (var id in "12314"u8)
        {
            builder.Add([id]);
            builder.EndRow(builder.Count + 2, 0);
        }

        validator.Begin(new("rows.csv", ["id"]), findings);
        validator.Look(builder.Build(), findings);
        validator.End(findings);

        Assert.Equal("rows.csv:4: id: is sequence 3; split the data set at 2", $"{Assert.Single(findings.First)}");
        Assert.Equal("2 sequences of 1 to 2 rows", Assert.Single(findings.Notes));
    }

    [Fact]
    public async Task Time_in_a_sequence_may_be_a_number()
    {
        var steps = Sequences with { Schema = "{sequence_id: INT, timestamp: INT, v: DOUBLE, kind: INT}" };

        Assert.Equal(
            "SequenceId: note: 2 sequences of 1 to 3 rows\n"
            + "SequenceOrder: rows.csv:4:3: timestamp: is before the time of an earlier row of its sequence; sort each "
            + "sequence by time",
            await steps.ReportAsync("sequence_id,timestamp,v,kind\n1,-5,1,0\n1,10,1,0\n1,9,1,0\n2,1,1,1\n"));
    }

    [Theory]
    [InlineData("0,1\n1.5,0\n-0,1", "")]
    [InlineData("-0.5,1\n2,0", "TimeToEvent: rows.csv:2:1: days: is negative; a survival time is at least 0")]
    [InlineData("5,1\n,0", "TimeToEvent: note: Column days: 1 rows have no survival time")]
    [InlineData("soon,1\n2,0", "Data: rows.csv:2:1: days: \"soon\" is not a DOUBLE; write digits, or declare VARCHAR")]
    public async Task Survival_times_are_numbers_of_at_least_zero(string rows, string report) =>
        Assert.Equal(report, await Survival.ReportAsync($"days,event\n{rows}\n"));

    [Fact]
    public async Task A_survival_time_is_declared_as_a_number() => Assert.Equal(
        "TimeToEvent: rows.csv: days: is VARCHAR(9), and a survival time is a number; declare INT or DOUBLE",
        await (Survival with { Schema = "{days: VARCHAR(9), event: INT}" }).ReportAsync("days,event\n1,1\n2,0\n"));
}
