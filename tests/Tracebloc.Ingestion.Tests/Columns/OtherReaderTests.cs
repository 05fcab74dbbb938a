using System.Text;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Tests.Columns;

public sealed class OtherReaderTests
{
    [Theory]
    [InlineData("true", "1")]
    [InlineData("Yes", "1")]
    [InlineData("t", "1")]
    [InlineData("Y", "1")]
    [InlineData("1", "1")]
    [InlineData("FALSE", "0")]
    [InlineData("no", "0")]
    [InlineData("f", "0")]
    [InlineData("N", "0")]
    [InlineData("0", "0")]
    [InlineData("2", "! \"2\" is not a BOOL; write true or false, yes or no, 1 or 0")]
    [InlineData("on", "! \"on\" is not a BOOL; write true or false, yes or no, 1 or 0")]
    public void A_bool_is_read(string cell, string expected) =>
        Assert.Equal(expected, ReadCell.By("BOOLEAN", cell));

    [Theory]
    [InlineData("VARCHAR(5)", "00123", "00123")]
    [InlineData("VARCHAR(2)", "😀é", "😀é")]
    [InlineData("VARCHAR(3)", "  abc\u00a0", "abc")]
    [InlineData("VARCHAR(3)", "abcd",
        "! \"abcd\" has 4 characters, more than VARCHAR(3) holds; declare a longer VARCHAR")]
    [InlineData("CHAR(3)", "äbc", "äbc")]
    [InlineData("CHAR(3)", "ab", "! \"ab\" has 2 characters, CHAR(3) holds exactly 3; declare VARCHAR")]
    [InlineData("TEXT", "a\nb", "a\nb")]
    [InlineData("VARCHAR(9)", "inf", "inf")]
    public void A_text_is_read(string type, string cell, string expected) =>
        Assert.Equal(expected, ReadCell.By(type, cell));

    [Fact]
    public void A_text_beyond_its_column_is_quoted_in_part() => Assert.Equal(
        $"! \"{new string('x', 60)}…\" has 65536 bytes, more than the 65,535 of TEXT; shorten it",
        ReadCell.By("TEXT", new string('x', 65_536)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("#N/A")]
    [InlineData("#N/A N/A")]
    [InlineData("#NA")]
    [InlineData("-1.#IND")]
    [InlineData("-1.#QNAN")]
    [InlineData("-NaN")]
    [InlineData("-nan")]
    [InlineData("1.#IND")]
    [InlineData("1.#QNAN")]
    [InlineData("<NA>")]
    [InlineData("N/A")]
    [InlineData("NA")]
    [InlineData("NULL")]
    [InlineData("NaN")]
    [InlineData("None")]
    [InlineData("n/a")]
    [InlineData("nan")]
    [InlineData("null")]
    public void A_word_of_pandas_is_null(string cell)
    {
        Assert.Equal("NULL", ReadCell.By("VARCHAR(20)", cell));
        Assert.Equal(cell.Trim().Length == 0, NullWords.Others.Contains(Encoding.UTF8.GetBytes(cell), out _));
    }

    [Theory]
    [InlineData("na")]
    [InlineData("Null")]
    [InlineData(" NA ")]
    [InlineData("none")]
    [InlineData("NAN")]
    public void A_word_in_another_form_is_a_text(string cell) =>
        Assert.Equal(cell.Trim(), ReadCell.By("VARCHAR(20)", cell));
}
