using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

public sealed class DateReaderTests
{
    [Theory]
    [InlineData("DATE", "2024-12-31", "2024-12-31")]
    [InlineData("DATE", "2024-1-5", "2024-01-05")]
    [InlineData("DATE", "2024/01/05", "2024-01-05")]
    [InlineData("DATE", "20240105", "2024-01-05")]
    [InlineData("DATE", "31.12.2024", "2024-12-31")]
    [InlineData("DATE", "12/31/2024", "2024-12-31")]
    [InlineData("DATE", "5 Jan 2024", "2024-01-05")]
    [InlineData("DATE", "05-JAN-2024", "2024-01-05")]
    [InlineData("DATE", "January 5, 2024", "2024-01-05")]
    [InlineData("DATE", "2024-02-29T00:00:00+05:00", "2024-02-29")]
    [InlineData("DATETIME", "2024-12-31", "2024-12-31 00:00:00")]
    [InlineData("DATETIME", "2024-12-31 10:30:00", "2024-12-31 10:30:00")]
    [InlineData("DATETIME", "2024-12-31T10:30", "2024-12-31 10:30:00")]
    [InlineData("DATETIME", "2024-12-31 10:30:00.5", "2024-12-31 10:30:00.5")]
    [InlineData("DATETIME", "2024-12-31 10:30:00.123456789", "2024-12-31 10:30:00.123456")]
    [InlineData("DATETIME", "12/31/2024 3:45 PM", "2024-12-31 15:45:00")]
    [InlineData("DATETIME", "12/31/2024 12:00 am", "2024-12-31 00:00:00")]
    [InlineData("TIMESTAMP", "2024-12-31T23:30:00Z", "2024-12-31 23:30:00")]
    [InlineData("TIMESTAMP", "2024-12-31T23:30:00-01:00", "2025-01-01 00:30:00")]
    [InlineData("TIMESTAMP", "2024-12-31 23:30:00+0130", "2024-12-31 22:00:00")]
    [InlineData("TIME", "10:30:00", "10:30:00")]
    [InlineData("TIME", "9:05", "09:05:00")]
    [InlineData("TIME", "3:45 PM", "15:45:00")]
    [InlineData("TIME", "-838:59:59", "-838:59:59")]
    [InlineData("TIME", "838:59:59.0", "838:59:59.0")]
    [InlineData("TIME", "038:00:00", "38:00:00")]
    [InlineData("TIME", "10:30:00.25", "10:30:00.25")]
    [InlineData("TIME", "10:30:00.1234567", "10:30:00.123456")]
    public void A_date_or_time_is_read(string type, string cell, string expected) =>
        Assert.Equal(expected, ReadCell.By(type, cell));

    [Theory]
    [InlineData("DATE", "2024-13-01",
        "\"2024-13-01\" is no day or time of the calendar; correct it, or leave the cell empty")]
    [InlineData("DATE", "2023-02-29",
        "\"2023-02-29\" is no day or time of the calendar; correct it, or leave the cell empty")]
    [InlineData("DATE", "0000-00-00",
        "\"0000-00-00\" is beyond the range of DATE, years 1000 to 9999; correct it")]
    [InlineData("DATETIME", "1000-01-01T00:30+01:00",
        "\"1000-01-01T00:30+01:00\" is beyond the range of DATETIME, years 1000 to 9999; correct it")]
    [InlineData("DATE", "31/12/24", "\"31/12/24\" is not a DATE; write YYYY-MM-DD")]
    [InlineData("DATE", "2024-12-31 10:00",
        "\"2024-12-31 10:00\" has a time of day, which DATE does not hold; declare DATETIME")]
    [InlineData("DATETIME", "2024-12-31 25:00",
        "\"2024-12-31 25:00\" is no day or time of the calendar; correct it, or leave the cell empty")]
    [InlineData("DATETIME", "2024-12-31x", "\"2024-12-31x\" is not a DATETIME; write YYYY-MM-DD HH:MM:SS")]
    [InlineData("TIME", "839:00:00", "\"839:00:00\" is beyond the range of TIME, 838:59:59; correct it")]
    [InlineData("TIME", "-838:59:59.5", "\"-838:59:59.5\" is beyond the range of TIME, 838:59:59; correct it")]
    [InlineData("TIME", "10", "\"10\" is not a TIME; write HH:MM:SS")]
    public void A_faulty_date_or_time_is_explained(string type, string cell, string message) =>
        Assert.Equal($"! {message}", ReadCell.By(type, cell));

    [Fact]
    public void The_order_of_day_and_month_is_found_out_by_later_rows()
    {
        var reader = (DateReader)ValueReader.For(ReadCell.Type("DATE"), NullWords.Tabular);

        Assert.Equal("2024-04-03", ReadCell.By(reader, "03/04/2024"));
        Assert.Equal((DateOrder.Unknown, true), (reader.Order, reader.IsAmbiguous));
        Assert.Equal("2024-12-31", ReadCell.By(reader, "12/31/2024"));
        Assert.Equal(DateOrder.MonthFirst, reader.Order);
        Assert.Equal("2024-03-04", ReadCell.By(reader, "03/04/2024"));
        Assert.StartsWith("! \"31/12/2024\" has day and month in another order", ReadCell.By(reader, "31/12/2024"));
    }

    [Fact]
    public void An_ambiguous_date_has_a_moment_in_each_order()
    {
        var reader = (DateReader)ValueReader.For(ReadCell.Type("DATETIME"), NullWords.Tabular);
        ReadCell.By(reader, "03/04/2024 10:00");

        Assert.Equal(new DateTime(2024, 4, 3, 10, 0, 0).Ticks, reader.DayFirstTicks);
        Assert.Equal(new DateTime(2024, 3, 4, 10, 0, 0).Ticks, reader.MonthFirstTicks);
    }

    [Fact]
    public void A_moment_reads_back_from_any_format() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        Gen.Elements("yyyy-MM-dd HH:mm:ss", "yyyyMMdd HH:mm:ss", "d MMMM yyyy HH:mm:ss", "MMM d, yyyy h:mm:ss tt")
            .ToArbitrary(),
        (seconds, format) =>
        {
            var moment = new DateTime(1970, 1, 1).AddSeconds(seconds);
            var expected = moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return ReadCell.By("DATETIME", moment.ToString(format, CultureInfo.InvariantCulture)) == expected;
        }).QuickCheckThrowOnFailure();
}
