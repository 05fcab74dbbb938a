
namespace Tracebloc.MetadataSync.Tests.Objects;

public sealed class ColumnValueTests
{
    [Theory]
    [InlineData("3", 3L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("\"-7\"", -7L)]
    [InlineData("null", null)]
    public void A_whole_number_may_be_written_as_text(string json, long? value)
    {
        var read = new SomeObject { Spec = $$"""{"size":{{json}}}""" }.Read();

        Assert.Equal(value, read.Columns[1]);
        Assert.Empty(read.Remarks);
    }

    [Theory]
    [InlineData("""{"size":"x"}""", "spec.size holds text that is no whole number of 64 bits; column size is empty")]
    [InlineData("""{"size":1.5}""", "spec.size holds a number that is no whole number of 64 bits; column size")]
    [InlineData("""{"size":9223372036854775808}""", "spec.size holds a number that is no whole number of 64 bits")]
    [InlineData("""{"size":[1]}""", "spec.size holds an array that is no whole number of 64 bits")]
    [InlineData("""{"size":true}""", "spec.size holds a boolean that is no whole number of 64 bits")]
    [InlineData("""{"isRound":"true"}""", "spec.isRound holds text that is no boolean; column is_round is empty")]
    [InlineData("""{"isRound":1}""", "spec.isRound holds a number that is no boolean")]
    [InlineData("""{"colour":7}""", "spec.colour holds a number that is no text; column colour is empty")]
    [InlineData("""{"colour":{"a":{}}}""", "spec.colour holds an object that is no text")]
    public void A_value_of_another_type_leaves_its_column_empty_with_a_remark(string spec, string remark)
    {
        var read = new SomeObject { Spec = spec }.Read();

        Assert.Equal([null, null, null], read.Columns.Take(3));
        Assert.StartsWith(remark, Assert.Single(read.Remarks));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.1234567+00:00")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05-00:30", "2026-01-02T03:34:05.0000000+00:00")]
    [InlineData("2026-01-02", null)]
    [InlineData("2026-01-02T03:04:05", null)]
    [InlineData("2026-02-30T03:04:05Z", null)]
    [InlineData("1767322800", null)]
    [InlineData("", null)]
    public void A_time_is_one_by_RFC_3339_and_is_read_in_UTC(string text, string? time)
    {
        var read = new SomeObject { Status = $$"""{"madeAt":"{{text}}"}""" }.Read();

        Assert.Equal(time, (read.Columns[3] as DateTimeOffset?)?.ToString("O"));
        Assert.Equal(time is null ? 1 : 0, read.Remarks.Count);
    }

    [Theory]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789a", "0123456789")]
    [InlineData("012345678😀", "012345678😀")]
    [InlineData("012345678😀x", "012345678😀")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("x😀😀😀😀😀😀😀😀😀😀", "x😀😀😀😀😀😀😀😀😀")]
    public void Text_is_cut_to_its_column_and_stays_whole_in_the_JSON(string text, string cut)
    {
        var some = new SomeObject { Spec = $$"""{"colour":"{{text}}"}""" };

        var read = some.Read();

        Assert.Equal(cut, read.Columns[0]);
        Assert.Empty(read.Remarks);
        Assert.Equal(some.Json, read.Json.ToArray());
    }

    [Fact]
    public void A_megabyte_of_text_is_cut_too()
    {
        var some = new SomeObject { Spec = $$"""{"colour":"{{new string('ä', 1 << 20)}}"}""" };

        Assert.Equal("ääääääääää", some.Read().Columns[0]);
    }
}
