using System.Text;
using Tracebloc.MetadataSync.Checking;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{ "b" : [1, 2], "a" : 1 }""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":"\u00e4\/\n"}""", """{"a":"ä/\u000a"}""")]
    [InlineData("""{"a":1.10,"b":1e2,"c":0.1,"d":-0}""", """{"a":1.1,"b":100.0,"c":1.0e-1,"d":0}""")]
    [InlineData("""{"a":100000000000000000000000}""", """{"a":1e23}""")]
    [InlineData("""{"a":18446744073709551615}""", """{"a":18446744073709551615}""")]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    public void Spelling_is_no_difference(string one, string other) => Assert.Empty(Places(one, other));

    [Theory]
    [InlineData("""{"spec":{"colour":"red"}}""", """{"spec":{"colour":"blue"}}""", "spec.colour")]
    [InlineData("""{"spec":{"colour":"red"}}""", """{"spec":{}}""", "spec.colour")]
    [InlineData("""{}""", """{"spec":null}""", "spec")]
    [InlineData("""{"a":[1,{"b":2},3]}""", """{"a":[1,{"b":3}]}""", "a[1].b", "a[2]")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "a")]
    [InlineData("""{"a":true}""", """{"a":false}""", "a")]
    [InlineData("""{"a":18446744073709551615}""", """{"a":18446744073709551614}""", "a")]
    [InlineData("""{"m":{"team/x y":"1"}}""", """{"m":{"team/x y":"2"}}""", "m[team/x y]")]
    [InlineData("""{"a":1}""", "", "(all)")]
    [InlineData("""[1]""", """{}""", "(all)")]
    public void Differences_are_places(string one, string other, params string[] places)
    {
        Assert.Equal(places, Places(one, other));
        Assert.Equal(places, Places(other, one));
    }

    [Fact]
    public void At_most_twenty_places_are_listed()
    {
        var one = $$"""{"a":[{{string.Join(',', Enumerable.Range(0, 100))}}]}""";
        var other = $$"""{"a":[{{string.Join(',', Enumerable.Range(1, 100))}}]}""";

        Assert.Equal(JsonDifference.MostPlaces, Places(one, other).Count);
    }

    [Fact]
    public void A_value_of_ten_thousand_levels_ends_no_process() =>
        Assert.Equal(
            ["(all)"],
            Places($"{new string('[', 9_999)}{new string(']', 9_999)}", "{}"));

    private static IReadOnlyList<string> Places(string one, string other) =>
        JsonDifference.Of(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
