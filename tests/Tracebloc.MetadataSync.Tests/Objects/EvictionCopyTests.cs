using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Tests.Objects;

public sealed class EvictionCopyTests
{
    private static readonly string[] Blanks = ["", " ", "\n\t"];

    [Theory]
    [InlineData("""{"metadata":{"finalizers":["michelangelo/Ingester"]}}""", """{"metadata":{}}""")]
    [InlineData(
        """{"metadata":{"a":1, "finalizers" : [ "michelangelo/Ingester" ] , "b":2}}""",
        """{"metadata":{"a":1 , "b":2}}""")]
    [InlineData("""{"metadata":{"finalizers":["michelangelo/Ingester"], "b":2}}""", """{"metadata":{"b":2}}""")]
    [InlineData(
        """{"metadata":{"finalizers":["michelangelo/Ingester", "x"]}}""", """{"metadata":{"finalizers":["x"]}}""")]
    [InlineData(
        """{"metadata":{"finalizers":["x", "michelangelo/Ingester"]}}""", """{"metadata":{"finalizers":["x"]}}""")]
    [InlineData(
        """{"metadata":{"finalizers":["x","michelangelo\/Ingester","y"]}}""",
        """{"metadata":{"finalizers":["x","y"]}}""")]
    [InlineData(
        """{"metadata":{"finalizers":["michelangelo/Ingester","x","michelangelo/Ingester"]}}""",
        """{"metadata":{"finalizers":["x"]}}""")]
    [InlineData(
        """{"metadata":{"finalizers":["michelangelo/Ingester","michelangelo/Ingester"]}}""", """{"metadata":{}}""")]
    public void Our_finalizer_goes_and_a_list_of_it_alone(string json, string copy) =>
        Assert.Equal(copy, Text(EvictionCopy.Of(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"metadata":{"name":"n"}}""")]
    [InlineData("""{"metadata":{"finalizers":[]}}""")]
    [InlineData("""{"metadata":{"finalizers":null}}""")]
    [InlineData("""{"spec":{"finalizers":["michelangelo/Ingester"]}}""")]
    [InlineData("""{"spec":{"metadata":{"finalizers":["michelangelo/Ingester"]}}}""")]
    [InlineData("""{"metadata":{"labels":{"finalizers":"michelangelo/Ingester"},"finalizers":["michelangelo"]}}""")]
    public void All_else_stays_byte_by_byte(string json) =>
        Assert.Equal(json, Text(EvictionCopy.Of(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Any_object_is_the_same_but_for_our_finalizer() => Prop.ForAll(
        Objects().ToArbitrary(),
        json =>
        {
            var wanted = JsonNode.Parse(json)?.AsObject() ?? [];
            RemoveFrom(wanted);

            var copy = JsonNode.Parse(Text(EvictionCopy.Of(Encoding.UTF8.GetBytes(json))));

            Assert.True(JsonNode.DeepEquals(wanted, copy), $"{json} became {copy}");
        }).QuickCheckThrowOnFailure();

    private static void RemoveFrom(JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata || metadata["finalizers"] is not JsonArray { Count: > 0 } all)
            return;
        var others = all.Where(each => each?.ToString() != Marks.Finalizer).Select(each => each?.DeepClone()).ToArray();
        if (others.Length == 0) metadata.Remove("finalizers");
        else metadata["finalizers"] = new JsonArray(others);
    }

    private static Gen<string> Objects() =>
        from before in Members("spec", "a", "metadata2")
        from finalizers in Gen.Elements("\"x\"", "\"michelangelo/Ingester\"", "\"mich\\u0065langelo/Ingester\"", "\"\"")
            .ArrayOf(4)
        from count in Gen.Choose(0, 4)
        from left in Members("name", "labels")
        from right in Members("uid", "annotations")
        from after in Members("status", "z")
        from blank in Gen.Elements(Blanks)
        let list = $"\"finalizers\"{blank}:{blank}[{Joined(finalizers.Take(count), blank)}]"
        let metadata = $"\"metadata\":{blank}{{{Joined([.. left, list, .. right], blank)}}}"
        select $"{blank}{{{Joined([.. before, metadata, .. after], blank)}}}{blank}";

    private static string Joined(IEnumerable<string> members, string blank) =>
        blank + string.Join($"{blank},{blank}", members) + blank;

    private static Gen<string[]> Members(params string[] names) =>
        from values in Gen
            .Elements("1", "\"a,]}\\\"\"", "{\"finalizers\":[\"michelangelo/Ingester\"]}", "[{},[]]", "null")
            .ArrayOf(names.Length)
        from count in Gen.Choose(0, names.Length)
        select names.Zip(values, (name, value) => $"\"{name}\":{value}").Take(count).ToArray();

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
