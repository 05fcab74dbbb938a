using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Tests.Objects;

public sealed class ObjectReaderTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_object_is_read_as_the_server_sent_it()
    {
        var some = new SomeObject
        {
            Labels = new Dictionary<string, string> { ["team"] = "a", ["Team"] = "b" },
            Annotations = new Dictionary<string, string> { ["note"] = "it's \"so\" \\ 😀" },
            Finalizers = ["other", Marks.Finalizer],
            IsDeleting = true,
        };

        var read = some.Read();

        Assert.Equal(
            (some.Uid, "test.example/v1", "team-a", "one", 100UL),
            (read.Uid, read.GroupVersion, read.Namespace, read.Name, read.Version));
        Assert.Equal((NewYear, NewYear.AddMonths(1)), (read.CreatedAt, read.DeletedAt));
        Assert.Equal(some.Labels, read.Labels);
        Assert.Equal(some.Annotations, read.Annotations);
        Assert.Equal(some.Finalizers, read.Finalizers);
        Assert.True(read.HasFinalizer);
        Assert.Equal(
            ["red", 3L, true, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero)], read.Columns);
        Assert.Empty(read.Remarks);
        Assert.Equal(some.Json, read.Json.ToArray());
    }

    [Theory]
    [InlineData("", """{"apiVersion":"test.example/v1","kind":"Gadget","metadata":""")]
    [InlineData("\"kind\":\"Gadget\",", """{"apiVersion":"test.example/v1","kind":"Gadget","metadata":""")]
    [InlineData(
        "\"apiVersion\":\"test.example/v1\",", """{"kind":"Gadget","apiVersion":"test.example/v1","metadata":""")]
    public void An_item_of_a_list_gets_the_type_that_it_lacks(string has, string start)
    {
        const string rest =
            """{"uid":"u","name":"n","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z"}}""";

        var read = Read(SomeObject.Gadget, $$"""{{{has}}"metadata":{{rest}}""");

        Assert.Equal($"{start}{rest}", Encoding.UTF8.GetString(read.Json.Span));
        Assert.Equal(("test.example/v1", ""), (read.GroupVersion, read.Namespace));
    }

    [Fact]
    public void A_SparkJob_without_resources_is_an_object_like_any_other()
    {
        var spark = Assert.Single(KindTable.All, kind => kind.Name == "SparkJob");

        var read = Read(
            spark,
            """
            {"metadata":{"uid":"u","namespace":"n","name":"job","resourceVersion":"7",
            "creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"driver":{"pod":{}},"executor":{}}}
            """);

        Assert.Equal(("job", "michelangelo.api/v2"), (read.Name, read.GroupVersion));
    }

    [Theory]
    [InlineData("uid", null, "Gadget team-a/one: metadata.uid is missing")]
    [InlineData("uid", "\"\"", "Gadget team-a/one: metadata.uid is missing")]
    [InlineData("uid", "7", "Gadget team-a/one: metadata.uid holds a number, not text")]
    [InlineData("name", null, "Gadget without a name: metadata.name is missing")]
    [InlineData("namespace", "[]", "Gadget one: metadata.namespace holds an array, not text")]
    [InlineData("resourceVersion", null, "Gadget team-a/one: metadata.resourceVersion is missing")]
    [InlineData("resourceVersion", "\"\"", "Gadget team-a/one: metadata.resourceVersion is missing")]
    [InlineData("resourceVersion", "\"abc\"", "Gadget team-a/one: metadata.resourceVersion is no number")]
    [InlineData("resourceVersion", "\"-1\"", "Gadget team-a/one: metadata.resourceVersion is no number")]
    [InlineData("resourceVersion", "\"18446744073709551616\"", "Gadget team-a/one: metadata.resourceVersion is no n")]
    [InlineData("creationTimestamp", null, "Gadget team-a/one: metadata.creationTimestamp is missing")]
    [InlineData("creationTimestamp", "\"today\"", "Gadget team-a/one: metadata.creationTimestamp is no time by R")]
    [InlineData("labels", "[\"a\"]", "Gadget team-a/one: metadata.labels holds an array, not an object")]
    [InlineData("labels", "{\"a\":1}", "Gadget team-a/one: metadata.labels[a] holds a number, not text")]
    [InlineData("annotations", "{\"a\":{}}", "Gadget team-a/one: metadata.annotations[a] holds an object, not text")]
    [InlineData("finalizers", "{}", "Gadget team-a/one: metadata.finalizers holds an object, not an array")]
    [InlineData("finalizers", "[[\"a\"]]", "Gadget team-a/one: metadata.finalizers holds an array, not text")]
    public void A_member_that_is_wrong_is_the_fault_of_its_object(string member, string? value, string message)
    {
        var json = JsonNode.Parse(new SomeObject().Json)?.AsObject() ?? [];
        var metadata = json["metadata"]?.AsObject() ?? [];
        metadata.Remove(member);
        if (value is not null) metadata[member] = JsonNode.Parse(value);

        var fault = Fault(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.StartsWith(message, fault.Message);
        if (member != "resourceVersion") Assert.Equal(100UL, fault.Version);
    }

    [Theory]
    [InlineData("", "is malformed JSON: The input does not contain any JSON tokens")]
    [InlineData("[]", "is an array, not an object")]
    [InlineData("7", "is a number, not an object")]
    [InlineData("""{"metadata":""", "is malformed JSON: ")]
    [InlineData("""{"metadata":{}} x""", "is malformed JSON: 'x' is invalid after a single JSON value")]
    [InlineData("""{"a":"\x"}""", "is malformed JSON: 'x' is an invalid escapable character")]
    public void Text_that_is_no_object_is_a_fault(string json, string problem) =>
        Assert.StartsWith($"Gadget without a name: {problem}", Fault(Encoding.UTF8.GetBytes(json)).Message);

    [Fact]
    public void Bytes_that_are_no_text_are_a_fault()
    {
        var json = new SomeObject { Name = "n?n" }.Json;
        json[json.AsSpan().IndexOf((byte)'?')] = 0xC3;

        Assert.Equal("Gadget without a name: is no UTF-8", Fault(json).Message);
    }

    [Fact]
    public void Ten_thousand_levels_are_read_and_more_are_a_fault()
    {
        Assert.Equal(3L, new SomeObject { Spec = $$"""{"deep":{{Nested(9_000)}},"size":3}""" }.Read().Columns[1]);
        Assert.Contains("depth", Fault(new SomeObject { Spec = Nested(11_000) }.Json).Message);
    }

    [Fact]
    public void Of_members_that_occur_twice_the_last_counts()
    {
        var read = Read(
            SomeObject.Gadget,
            """
            {"spec":{"colour":"red","size":"x"},"metadata":{"uid":"old","labels":{"a":"1","a":"2"},"finalizers":["x"],
            "deletionTimestamp":"2026-01-01T00:00:00Z"},
            "metadata":{"name":"n","uid":"u","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z",
            "labels":{"a":"3","a":"4"}},"spec":{"colour":"blue"}}
            """);

        Assert.Equal(("u", null, "4"), (read.Uid, read.DeletedAt, read.Labels["a"]));
        Assert.Empty(read.Finalizers);
        Assert.Equal(["blue", null, null, null], read.Columns);
        Assert.Empty(read.Remarks);
    }

    [Fact]
    public void Escapes_are_read_whatever_they_make()
    {
        var read = Read(
            SomeObject.Gadget,
            """
            {"met\u0061data":{"uid":"u","name":"n","resourceVersion":"7",
            "creationTimestamp":"2026-01-01T00:00:00Z","annotations":
            {"nul":"a\u0000b","pair":"\ud83d\ude00","half":"\ud83d \"\\\/\b\f\n\r\t\u00e4","\udc00":"key"}},
            "spec":{"\ud800":1,"colour":"\udfff"}}
            """);

        Assert.Equal("a\0b", read.Annotations["nul"]);
        Assert.Equal("😀", read.Annotations["pair"]);
        Assert.Equal("\uFFFD \"\\/\b\f\n\r\tä", read.Annotations["half"]);
        Assert.Equal("key", read.Annotations["\uFFFD"]);
        Assert.Equal("\uFFFD", read.Columns[0]);
    }

    [Fact]
    public void A_column_may_be_made_from_a_label()
    {
        var kind = SomeObject.Gadget with { Columns = [new("team", "metadata.labels.team")] };
        var json = new SomeObject { Labels = new Dictionary<string, string> { ["team"] = "a" } }.Json;

        var read = Read(kind, Encoding.UTF8.GetString(json));

        Assert.Equal(["a"], read.Columns);
        Assert.Equal("a", read.Labels["team"]);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static SyncedObject Read(Kind kind, string json) =>
        new ObjectReader(kind).TryRead(Encoding.UTF8.GetBytes(json), out var read, out var fault)
            ? read : throw new InvalidOperationException(fault.Message);

    private static ObjectFault Fault(byte[] json) =>
        new ObjectReader(SomeObject.Gadget).TryRead(json, out _, out var fault)
            ? throw new InvalidOperationException("The object was read.") : fault;
}
