using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", "a|b\n1@0: 1|«x»")]
    [InlineData("""[{"a":1,"b":"x"},{"b":"y","a":2}]""", "a|b\n1@1: 1|«x»\n1@17: 2|«y»")]
    [InlineData("[\n {\"a\": 1.50e3},\n {\"a\": -0}\n]\n", "a\n2@3: 1.50e3\n3@19: -0")]
    [InlineData("\uFEFF[{\"a\":true},{\"a\":false},{\"a\":null}]", "a\n1@4: true\n1@15: false\n1@27: ")]
    [InlineData("""[{"a":"\u00e9\ud83d\ude00\"\\\/\n\t\b\f"}]""", "a\n1@1: «é😀\"\\/␊\t\b\f»")]
    [InlineData("""[{"\u0061":1},{"a":2}]""", "a\n1@1: 1\n1@14: 2")]
    [InlineData("""[{"a":1},{"a":2,"extra":[1,{"x":2}]}]""", "a\n1@1: 1\n1@9: 2")]
    [InlineData("""[{" a ":1,"b":2},{" a ":3}]""", "a|b\n1@1: 1|2\n1@17: 3|")]
    public async Task Records_are_read(string json, string expected) =>
        Assert.Equal(expected, (await ReadRecords.OfJsonAsync(json, required: "a")).ToString());

    [Theory]
    [InlineData("", "! 1:1@0: is no JSON from here on; correct it, and write missing values as null")]
    [InlineData("[]", "! 1:0@0: holds no record; add at least one object")]
    [InlineData("[{}]", "! 1:0@0: holds no record; add at least one object")]
    [InlineData("17", "! 1:0@0: holds no records; write an object or an array of objects")]
    public async Task A_file_without_records_is_a_fault(string json, string expected) =>
        Assert.Equal("\n" + expected, (await ReadRecords.OfJsonAsync(json)).ToString());

    [Theory]
    [InlineData("[{\"a\":1},\n17,{\"a\":2}]", "a\n1@1: 1\n2@13: 2\n! 2:0@10: record 2 is no object; write {…}")]
    [InlineData("""[{"a":1},[2,{"a":3}],{"a":4}]""",
        "a\n1@1: 1\n1@21: 4\n! 1:0@9: record 2 is no object; write {…}")]
    [InlineData("""[{"a":{"x":1}},{"a":[2]},{"a":3}]""",
        "a\n1@25: 3\n"
        + "! 1:0@1: record 1 \"a\" holds an object or array; write a text, a number, true, false or null\n"
        + "! 1:0@15: record 2 \"a\" holds an object or array; write a text, a number, true, false or null")]
    [InlineData("""[{"a":1,"a":2}]""", "a\n! 1:0@1: record 1 \"a\" appears twice; remove one of them")]
    [InlineData("""[{"a":1},{"b":2}]""",
        "a\n1@1: 1\n! 1:0@9: record 2 lacks \"a\"; write null for a missing value")]
    [InlineData("""[{"b":1},{"a":2,"b":3}]""",
        "b\n1@1: 1\n! 1:0@9: record 2 has \"a\", which the first record lacks; write null there")]
    [InlineData("""[{"a":"\ud800"}]""",
        "a\n! 1:0@1: record 1 \"a\" holds bytes that are no UTF-8 text; save the file as UTF-8, without NUL")]
    [InlineData("""[{"a":"x\u0000y"}]""",
        "a\n! 1:0@1: record 1 \"a\" holds bytes that are no UTF-8 text; save the file as UTF-8, without NUL")]
    [InlineData("[{\"a\":1},\n{\"a\":NaN}]",
        "a\n1@1: 1\n! 2:6@10: is no JSON from here on; correct it, and write missing values as null")]
    [InlineData("""{"a":1} {"a":2}""",
        "a\n1@0: 1\n! 1:9@0: is no JSON from here on; correct it, and write missing values as null")]
    [InlineData("""[{"a":1},{"a":2""",
        "a\n1@1: 1\n! 1:16@9: is no JSON from here on; correct it, and write missing values as null")]
    public async Task A_fault_names_its_record(string json, string expected) =>
        Assert.Equal(expected, (await ReadRecords.OfJsonAsync(json, required: "a")).ToString());

    [Fact]
    public async Task Windows_change_nothing()
    {
        var json = "\uFEFF[\n" + string.Join(",\n", Enumerable.Range(0, 20).Select(i =>
            $$"""  {"name":"ä\u00e9 {{i}}", "long":"{{new string('x', i * 10)}}", "n":{{i}}.5, "f":null}""")) + "\n]";
        var whole = (await ReadRecords.OfJsonAsync(json)).ToString();

        for (var window = 3; window < 300; window += window < 60 ? 1 : 37)
            Assert.Equal(whole, (await ReadRecords.OfJsonAsync(json, window)).ToString());
        Assert.Equal(20, whole.Split('\n').Length - 1);
    }

    [Fact]
    public async Task A_record_with_a_fault_takes_no_memory()
    {
        var repeated = string.Concat(Enumerable.Repeat($",\"a\":\"{new string('x', 1_000)}\"", 4_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = await ReadRecords.OfJsonAsync($"[{{\"a\":1}},{{\"a\":1{repeated}}}]");

        Assert.Contains("record 2 \"a\" appears twice", Assert.Single(read.Faults), StringComparison.Ordinal);
        // The text itself takes four bytes for each of its characters on the way.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5 * repeated.Length);
    }

    [Fact]
    public async Task A_record_has_at_most_100000_keys()
    {
        var keys = string.Join(',', Enumerable.Range(0, 100_001).Select(i => $"\"{i}\":1"));

        Assert.Equal(
            "1:0@1: record 1 has more than 100,000 keys; remove some",
            Assert.Single((await ReadRecords.OfJsonAsync($"[{{{keys}}}]")).Faults));
    }

    [Fact]
    public async Task A_value_without_an_end_is_a_fault_behind_the_records_before_it()
    {
        var start = "[{\"a\":1},\n{\"a\":\""u8.ToArray();
        await using var reader = await JsonReader.OpenAsync(
            new SourceContent(new EndlessText(start), "rows.json"), [], TestContext.Current.CancellationToken);
        using var batch = await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(batch);
        Assert.Equal(1, batch.Count);
        Assert.Equal(
            new ReadingFault(2, 0, 10, "a value is longer than 64 MiB; shorten it"), Assert.Single(batch.Faults));
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Null(reader.Mark);
    }

    [Fact]
    public async Task Many_records_come_in_several_batches()
    {
        var json = $"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 40_000))}]";

        Assert.Equal(40_000, (await ReadRecords.OfJsonAsync(json)).Rows.Count);
    }
}
