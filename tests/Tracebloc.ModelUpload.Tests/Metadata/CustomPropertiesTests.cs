using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Tests.Metadata;

public sealed class CustomPropertiesTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_boolean_is_a_flag(string json, bool value) => Assert.Equal(new PropertyValue.Flag(value), One(json));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("438", 438)]
    [InlineData("999999999", 999_999_999)]
    [InlineData("-999999999", -999_999_999)]
    public void An_integer_within_the_range_of_the_registry_is_whole(string json, int value) =>
        Assert.Equal(new PropertyValue.Whole(value), One(json));

    [Theory]
    [InlineData("1000000000", 1e9)]
    [InlineData("-1000000000", -1e9)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    public void Fault_13_an_integer_beyond_it_is_a_double_with_a_note(string json, double value)
    {
        var notes = new MetadataNotes();
        Assert.Equal(new PropertyValue.Fraction(value), Read($$"""{"a":{{json}}}""", notes)["a"]);
        Assert.Equal(
            $"/p: property \"a\" is {json}, beyond the Model Registry's integers (±999,999,999); "
            + "it is kept as a double",
            Assert.Single(notes.Warnings));
    }

    [Theory]
    [InlineData("0.95", 0.95)]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("-2E-2", -0.02)]
    public void A_number_with_a_point_or_an_exponent_is_a_fraction(string json, double value) =>
        Assert.Equal(new PropertyValue.Fraction(value), One(json));

    [Theory]
    [InlineData("""["de", "en"]""")]
    [InlineData("""{"a": [1]}""")]
    public void Fault_13_a_list_or_object_is_its_JSON_text_with_a_note(string json)
    {
        var notes = new MetadataNotes();
        Assert.Equal(new PropertyValue.Text(json), Read($$"""{"a":{{json}}}""", notes)["a"]);
        Assert.EndsWith(
            "which the Model Registry has no type for; it is kept as JSON text", Assert.Single(notes.Warnings));
    }

    [Fact]
    public void Null_is_left_out_with_a_note()
    {
        var notes = new MetadataNotes();
        Assert.Empty(Read("""{"a":null}""", notes));
        Assert.Equal(
            "/p: property \"a\" is null, which the Model Registry has no type for; it is left out",
            Assert.Single(notes.Warnings));
    }

    [Fact]
    public void The_last_of_equal_names_counts_as_in_Python() =>
        Assert.Equal(new PropertyValue.Whole(2), Read("""{"a":1,"a":2}""", new MetadataNotes())["a"]);

    [Theory]
    [InlineData("x", "/p is not valid JSON at line 1, byte 1; write a JSON object such as {\"team\": \"nlp\"}")]
    [InlineData("[1]", "/p is not a JSON object; write a JSON object such as {\"team\": \"nlp\"}")]
    [InlineData("3", "/p is not a JSON object; write a JSON object such as {\"team\": \"nlp\"}")]
    [InlineData("""{"a":NaN}""",
        "/p is not valid JSON at line 1, byte 6; write a JSON object such as {\"team\": \"nlp\"}")]
    [InlineData("""{"a":1e400}""",
        "/p: property \"a\" is a number beyond the range of a double; write it as a text")]
    [InlineData("""{"a":"\ud800"}""",
        "/p has half a surrogate pair in it, which is no text; correct the \\u escape")]
    [InlineData("""{"a\udc00":1}""",
        "/p has half a surrogate pair in it, which is no text; correct the \\u escape")]
    public void Other_JSON_is_an_error(string json, string error)
    {
        var notes = new MetadataNotes();
        Read(json, notes);
        Assert.Equal(error, Assert.Single(notes.Errors));
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", "\U0001F600")]
    [InlineData("""{"a":"\\ud800"}""", "\\ud800")]
    [InlineData("""{"a":"\u00fc\n"}""", "ü\n")]
    public void Whole_characters_are_text(string json, string text) =>
        Assert.Equal(new PropertyValue.Text(text), Read(json, new MetadataNotes())["a"]);

    [Fact]
    public void Any_text_comes_through() => Check.QuickThrowOnFailure(Prop.ForAll<NonNull<string>>(text =>
        One(JsonEncodedText.Encode(Whole(text.Get)) is var json ? $"\"{json}\"" : "")
            == new PropertyValue.Text(Whole(text.Get))));

    [Fact]
    public void Any_integer_keeps_its_value() => Check.QuickThrowOnFailure(Prop.ForAll<long>(number =>
        One(number.ToString(CultureInfo.InvariantCulture)) switch
        {
            PropertyValue.Whole whole => whole.Value == number,
            PropertyValue.Fraction fraction => fraction.Value == number && Math.Abs(number) > 999_999_999,
            _ => false,
        }));

    // Half a surrogate pair is no text that JSON can hold.
    private static string Whole(string text) => string.Concat(text.Where(unit => !char.IsSurrogate(unit)));

    private static PropertyValue One(string json) => Read($$"""{"a":{{json}}}""", new MetadataNotes())["a"];

    private static IReadOnlyDictionary<string, PropertyValue> Read(string json, MetadataNotes notes) =>
        CustomProperties.Read(json, "/p", notes);
}
