using System.Text;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b\n2@4: 1|2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "a|b\n2@5: 1|2\n3@10: 3|4")]
    [InlineData("a,b\r1,2\r", "a|b\n2@4: 1|2")]
    [InlineData("a,b\n1,2\r\n3,4\r5,6\n", "a|b\n2@4: 1|2\n3@9: 3|4\n4@13: 5|6")]
    [InlineData("\uFEFFa,b\n1,2\n", "a|b\n2@7: 1|2")]
    [InlineData(" a , b \n 1 ,2\n", "a|b\n2@8:  1 |2")]
    [InlineData("a,b\n\n  \n1,2\n\n", "a|b\n4@8: 1|2")]
    [InlineData("\n\na\n1\n", "a\n4@4: 1")]
    [InlineData("a,b\n,\n", "a|b\n2@4: |")]
    [InlineData("a\n\"\"\n", "a\n2@2: «»")]
    [InlineData(",a\n0,1\n", "Unnamed: 0|a\n2@3: 0|1")]
    [InlineData("a,b\n\"x,\ny\",2\n3,4\n", "a|b\n2@4: «x,␊y»|2\n4@13: 3|4")]
    [InlineData("a\n\"x\r\ny\rz\"\n1\n", "a\n2@2: «x␍␊y␍z»\n5@11: 1")]
    [InlineData("a\n\"say \"\"hi\"\"\"\n", "a\n2@2: «say \"hi\"»")]
    [InlineData("a\n\"x\\\"y\\\\\"\n", "a\n2@2: «x\"y\\»")]
    [InlineData("a,b\nx\\,y,\\\\\n", "a|b\n2@4: x,y|\\")]
    [InlineData("a,b\nx\"y\",z\"\n", "a|b\n2@4: x\"y\"|z\"")]
    [InlineData("a,b\n\"1\" ,\"2\"\t\n", "a|b\n2@4: «1»|«2»")]
    [InlineData("\"a\",\"b,\"\n1,2", "a|b,\n2@9: 1|2")]
    [InlineData("ä,😀\né,\"ß\"\n", "ä|😀\n2@8: é|«ß»")]
    public async Task A_file_is_read(string text, string expected) =>
        Assert.Equal(expected, (await ReadRecords.OfCsvAsync(text)).ToString());

    [Theory]
    [InlineData("", "\n! 1:0@0: is empty; the first line names the columns")]
    [InlineData("\n  \n", "\n! 1:0@0: is empty; the first line names the columns")]
    [InlineData("a,b,a\n1,2,3\n", "\n! 1:5@4: column 3 is named \"a\" as column 1 is; rename one of them")]
    [InlineData("a,b\n1\n2,3\n4,5,6\n",
        "a|b\n3@6: 2|3\n! 2:2@5: has 1 value, the header has 2; leave a missing value empty between its delimiters\n"
        + "! 4:5@14: has 3 values, the header has 2; put values that contain , in quotes")]
    [InlineData("a,b\r\n1\r\n2,3\r\n4",
        "a|b\n3@8: 2|3\n! 2:2@6: has 1 value, the header has 2; leave a missing value empty between its delimiters\n"
        + "! 4:2@14: has 1 value, the header has 2; leave a missing value empty between its delimiters")]
    [InlineData("a,b\n\"x\"y,2\n3,4\n",
        "a|b\n3@11: 3|4\n! 2:4@7: text follows a closing \"; double each \" inside a quoted value")]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n",
        "a|b\n2@4: 1|2\n! 3:3@10: the \" that opens here is never closed; close it, or double it")]
    [InlineData("a\nx\\", "a\n! 2:1@2: the file ends with \\, which takes the end of the record away; remove it")]
    [InlineData("a,b\n\"é\nü\",x,3\n",
        "a|b\n! 3:6@14: has 3 values, the header has 2; put values that contain , in quotes")]
    [InlineData("a,b\n1,x\0y\n2,3\n", "a|b\n3@10: 2|3\n! 2:4@7: contains a NUL byte; save the file as UTF-8")]
    public async Task A_fault_has_its_place(string text, string expected) =>
        Assert.Equal(expected, (await ReadRecords.OfCsvAsync(text)).ToString());

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC3, 0xA9, 0xE9, (byte)'\n', (byte)'1', (byte)'\n' },
        "a\n3@6: 1\n! 2:2@4: byte 0xE9 is no UTF-8, perhaps Windows-1252; save the file as UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "\n! 1:1@0: is UTF-16; save the file as UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)',', 0 }, "\n! 1:2@1: contains a NUL byte; save the file as UTF-8")]
    public async Task Bytes_that_are_no_text_are_a_fault(byte[] bytes, string expected) =>
        Assert.Equal(expected, (await ReadRecords.OfCsvAsync(bytes)).ToString());

    [Fact]
    public async Task A_faulty_row_takes_no_other_row_with_it() => Assert.Equal(
        "a|b\n2@4: 1|2\n4@10: 3|4\n"
        + "! 3:2@9: has 1 value, the header has 2; leave a missing value empty between its delimiters",
        (await ReadRecords.OfCsvAsync([.. "a,b\n1,2\n"u8, 0xE9, .. "\n3,4\n"u8])).ToString());

    [Theory]
    [InlineData(";", '\'', '^', "a;b\n'x;''y';z^;\n", "a|b\n2@4: «x;'y»|z;")]
    [InlineData("||", '"', '\\', "a||b\nx|y||\"z||\"\n|||1\n", "a|b\n2@5: x|y|«z||»\n3@16: ||1")]
    [InlineData("¦", '"', '\\', "a¦b\n1¦2\n", "a|b\n2@5: 1|2")]
    [InlineData("\t", '"', '"', "a\tb\n\"x\"\"y\"\tz\\\n", "a|b\n2@4: «x\"y»|z\\")]
    public async Task Options_name_other_characters(
        string delimiter, char quote, char escape, string text, string expected)
    {
        var options = new CsvOptions { Delimiter = delimiter, Quote = quote, Escape = escape };

        Assert.Equal(expected, (await ReadRecords.OfCsvAsync(text, options)).ToString());
    }

    [Fact]
    public async Task Only_the_first_faults_of_a_batch_are_described()
    {
        var read = await ReadRecords.OfCsvAsync("a,b\n" + string.Concat(Enumerable.Repeat("x\n", 1000)));

        Assert.Equal(20, read.Faults.Count);
    }

    [Fact]
    public async Task Values_without_a_column_are_counted_and_take_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = await ReadRecords.OfCsvAsync($"a,b\n1,2\n{new string(',', 999_999)}\n3,4\n");

        Assert.Equal(2, read.Rows.Count);
        Assert.Contains("has 1000000 values, the header has 2", Assert.Single(read.Faults), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Fact]
    public async Task A_header_has_at_most_100000_columns() => Assert.Equal(
        "1:0@0: has more than 100,000 columns; remove some",
        Assert.Single((await ReadRecords.OfCsvAsync($"a{new string(',', 100_000)}\n")).Faults));

    [Fact]
    public async Task A_record_may_be_longer_than_a_window()
    {
        var value = string.Concat(Enumerable.Repeat("long\n", 5000));
        var read = await ReadRecords.OfCsvAsync($"a,b\n\"{value}\",1\n2,3\n", window: 64);

        Assert.Equal(2, read.Rows.Count);
        Assert.Equal("5003@25009: 2|3", read.Rows[1]);
    }

    [Fact]
    public async Task A_row_allocates_less_than_a_byte()
    {
        async Task<long> AllocatedAsync(int rows)
        {
            var bytes = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,\"x\"\"y\"\n", rows)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            await using var reader = await Ingestion.Reading.CsvReader.OpenAsync(
                new(new MemoryStream(bytes), "rows.csv"), new(), TestContext.Current.CancellationToken, 4096);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } batch) batch.Dispose();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        await AllocatedAsync(1_000);
        var few = await AllocatedAsync(1_000);
        Assert.InRange(await AllocatedAsync(100_000), 0, few + 100_000);
    }
}
