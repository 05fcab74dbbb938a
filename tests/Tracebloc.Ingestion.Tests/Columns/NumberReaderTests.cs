using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

public sealed class NumberReaderTests
{
    [Theory]
    [InlineData("INT", "42", "42")]
    [InlineData("INT", " 42\t", "42")]
    [InlineData("INT", "-42", "-42")]
    [InlineData("INT", "+42", "42")]
    [InlineData("INT", "007", "7")]
    [InlineData("INT", "-007", "-7")]
    [InlineData("INT", "-0", "0")]
    [InlineData("INT", "7.0", "7")]
    [InlineData("INT", "7.", "7")]
    [InlineData("INT", "-7.000", "-7")]
    [InlineData("INT", "1e3", "1000")]
    [InlineData("INT", "1.5e1", "15")]
    [InlineData("INT", "1500e-2", "15")]
    [InlineData("INT", "0e999999999", "0")]
    [InlineData("INT", "0.0", "0")]
    [InlineData("INT(11)", "2147483647", "2147483647")]
    [InlineData("INT", "-2147483648", "-2147483648")]
    [InlineData("TINYINT", "-128", "-128")]
    [InlineData("SMALLINT", "32767", "32767")]
    [InlineData("MEDIUMINT", "8388607", "8388607")]
    [InlineData("BIGINT", "9223372036854775807", "9223372036854775807")]
    [InlineData("BIGINT", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("BIGINT", "00000000000000000000000000000000000001", "1")]
    [InlineData("BIGINT", "9007199254740993.0", "9007199254740993")]
    [InlineData("FLOAT", "0.1", "0.1")]
    [InlineData("DOUBLE", "-1.5E-7", "-1.5E-7")]
    [InlineData("DOUBLE", "+2", "2")]
    [InlineData("DOUBLE", "1.7976931348623157e308", "1.7976931348623157e308")]
    [InlineData("DOUBLE", "1.e308", "1.e308")]
    [InlineData("DOUBLE", "000000000000000000000000000000000000000001", "000000000000000000000000000000000000000001")]
    [InlineData("DECIMAL(5,2)", "123.45", "123.45")]
    [InlineData("DECIMAL(5,2)", "-0.5", "-0.5")]
    [InlineData("DECIMAL(5,2)", ".5", "0.5")]
    [InlineData("DECIMAL(5,2)", "1.5000", "1.5")]
    [InlineData("DECIMAL(5,2)", "007.5", "7.5")]
    [InlineData("DECIMAL(5,2)", "1e2", "100")]
    [InlineData("DECIMAL(5,2)", "5e-2", "0.05")]
    [InlineData("DECIMAL(5,2)", "0.050", "0.05")]
    [InlineData("DECIMAL(5,2)", "0e99", "0")]
    [InlineData("DECIMAL(5,2)", "7.", "7")]
    [InlineData("NUMERIC(20)", "12345678901234567890", "12345678901234567890")]
    public void A_number_is_read(string type, string cell, string expected) =>
        Assert.Equal(expected, ReadCell.By(type, cell));

    [Theory]
    [InlineData("INT", "12x", "\"12x\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("INT", "-", "\"-\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("INT", "1_000", "\"1_000\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("INT", "0x10", "\"0x10\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("INT", "٣", "\"٣\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("INT", "1e", "\"1e\" is not an INT; write digits, or declare VARCHAR")]
    [InlineData("DOUBLE", "12,5",
        "\"12,5\" is not a DOUBLE; write a decimal point, or set csv_options.delimiter")]
    [InlineData("INT", "7.5", "\"7.5\" has a fraction, which INT does not hold; declare DOUBLE or DECIMAL")]
    [InlineData("INT", "15e-1", "\"15e-1\" has a fraction, which INT does not hold; declare DOUBLE or DECIMAL")]
    [InlineData("TINYINT", "128", "\"128\" is beyond the range of TINYINT, -128 to 127; declare BIGINT")]
    [InlineData("INT", "2147483648",
        "\"2147483648\" is beyond the range of INT, -2147483648 to 2147483647; declare BIGINT")]
    [InlineData("BIGINT", "9223372036854775808",
        "\"9223372036854775808\" is beyond the range of BIGINT, -9223372036854775808 to 9223372036854775807; "
        + "declare DECIMAL(20)")]
    [InlineData("INT", "1e999999999",
        "\"1e999999999\" is beyond the range of INT, -2147483648 to 2147483647; declare BIGINT")]
    [InlineData("FLOAT", "inf", "\"inf\" is beyond the range of FLOAT; correct it, or leave the cell empty")]
    [InlineData("DOUBLE", "-Infinity",
        "\"-Infinity\" is beyond the range of DOUBLE; correct it, or leave the cell empty")]
    [InlineData("DOUBLE", "1e309", "\"1e309\" is beyond the range of DOUBLE; correct it, or leave the cell empty")]
    [InlineData("DOUBLE", "1.8e308", "\"1.8e308\" is beyond the range of DOUBLE; correct it, or leave the cell empty")]
    [InlineData("DECIMAL(5,2)", "1234.5",
        "\"1234.5\" is beyond the range of DECIMAL(5,2): 3 digits before the point; declare more digits")]
    [InlineData("DECIMAL(5,2)", "1.2345",
        "\"1.2345\" has 4 digits after the point, DECIMAL(5,2) holds 2; declare DECIMAL(7,4)")]
    [InlineData("DECIMAL(5,2)", "1e-3",
        "\"1e-3\" has 3 digits after the point, DECIMAL(5,2) holds 2; declare DECIMAL(6,3)")]
    [InlineData("DECIMAL(9,2)", "1e-31",
        "\"1e-31\" has 31 digits after the point, DECIMAL(9,2) holds 2; round it, or declare DOUBLE")]
    [InlineData("DECIMAL(65,2)", "0.125",
        "\"0.125\" has 3 digits after the point, DECIMAL(65,2) holds 2; round it, or declare DOUBLE")]
    public void A_faulty_number_is_explained(string type, string cell, string message) =>
        Assert.Equal($"! {message}", ReadCell.By(type, cell));

    [Fact]
    public void Every_integer_of_64_bits_reads_as_it_was_written() => Prop.ForAll<long>(value =>
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return ReadCell.By("BIGINT", text) == text && ReadCell.By("BIGINT", text + ".0") == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decimal_keeps_its_value_in_any_notation() => Prop.ForAll(
        Gen.Choose(-99_999_999, 99_999_999).ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), (digits, shift) =>
        {
            var scaled = ReadCell.By("DECIMAL(20,6)", $"{digits}e-{shift}");
            var value = digits / (decimal)Math.Pow(10, shift);
            return decimal.Parse(scaled, CultureInfo.InvariantCulture) == value && !scaled.Contains('e');
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_double_is_a_double() => Prop.ForAll<double>(value =>
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var read = ReadCell.By("DOUBLE", text);
        return double.IsInfinity(value)
            ? read.Contains("beyond the range", StringComparison.Ordinal)
            : read == (double.IsNaN(value) ? "NULL" : text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_number_allocates_nothing()
    {
        var readers = new[] { "INT", "DOUBLE", "DECIMAL(9,2)" }
            .Select(type => ValueReader.For(ReadCell.Type(type), NullWords.Tabular)).ToList();

        Assert.Equal(0, Testing.Allocations.Of("+0012.50", _ =>
        {
            var output = new CellOutput(stackalloc byte[CellOutput.ScratchBytes]);
            for (var i = 0; i < 1000; i++)
                readers[i % 3].Read(new Cell("+0012.50"u8), ref output);
        }));
    }
}
