using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Tests.Kinds;

public sealed class KindSetTests
{
    private static readonly Kind Experiment = new("Experiment", "experiments", "ml.example.com", "v1")
    {
        Columns = [new("owner", "spec.owner.name"), new("score", "status.score", ColumnType.Integer)],
        Keys = [["owner", "create_time"]],
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "lower case", "kind", "is not a kind" },
        { "underscore of a companion", "kind", "\"Model_labels\" is not a kind" },
        { "a table of the program", "kind", "\"Sync_leader\" is not a kind" },
        { "too long", "kind", "at most 52" },
        { "plural", "plural", "is not a plural" },
        { "group", "group", "is not an API group" },
        { "version", "version", "is not an API version" },
        { "column", "columns[0].name", "is not a column's name" },
        { "common column", "columns[0].name", "every kind has a column evicted_time" },
        { "column twice", "columns[1].name", "a column owner is there already" },
        { "path", "columns[0].path", "is not a path" },
        { "path with quotes", "columns[0].path", "is not a path" },
        { "length", "columns[0].length", "769 is not a length from 1 to 768" },
        { "row", "columns", "MySQL allows 65535" },
        { "key of nothing", "keys[0]", "no column" },
        { "key of an unknown column", "keys[0]", "there is no column colour" },
        { "key with a column twice", "keys[0]", "names a column twice" },
        { "key too long", "keys[0]", "MySQL allows 3072" },
        { "key twice", "keys[1]", "is there already" },
    };

    [Fact]
    public void The_thirteen_kinds_of_the_platform_have_39_tables()
    {
        Assert.Empty(KindSet.Check(KindTable.All));
        Assert.Equal(13, KindSet.Platform.All.Count);
        Assert.Equal(39, KindSet.Platform.All.SelectMany(TablesOf).Distinct().Count());
    }

    [Fact]
    public void A_kind_of_any_group_may_be_added() =>
        Assert.Equal([.. KindTable.All, Experiment], KindSet.Of([.. KindTable.All, Experiment]).All);

    [Fact]
    public void An_empty_list_is_an_error()
    {
        Assert.Contains("no kind to mirror", Assert.Single(KindSet.Check([])).Message);
        Assert.Throws<ArgumentException>(() => KindSet.Of([]));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_kind_that_cannot_be_mirrored_is_an_error_at_its_member(string fault, string member, string message)
    {
        var found = Assert.Single(KindSet.Check([KindTable.All[0], Broken(fault)]));

        Assert.Equal((1, member), (found.Kind, found.Member.ToString()));
        Assert.Contains(message, found.Message);
    }

    [Theory]
    [InlineData("EXPERIMENT", "others", "kind")]
    [InlineData("Other", "experiments", "plural")]
    public void Two_kinds_with_one_table_or_one_resource_are_an_error(string name, string plural, string member)
    {
        var fault = Assert.Single(KindSet.Check([Experiment, Experiment with { Name = name, Plural = plural }]));

        Assert.Equal((1, member), (fault.Kind, fault.Member.ToString()));
    }

    [Fact]
    public void A_kind_is_found_by_its_name_in_the_same_case()
    {
        Assert.True(KindSet.Platform.TryFind("PipelineRun", out var kind));
        Assert.Equal("pipelineruns", kind.Plural);
        Assert.False(KindSet.Platform.TryFind("pipelinerun", out _));
    }

    private static string[] TablesOf(Kind kind) => [kind.Table, kind.LabelsTable, kind.AnnotationsTable];

    private static Kind Broken(string fault) => fault switch
    {
        "lower case" => Experiment with { Name = "experiment" },
        "underscore of a companion" => Experiment with { Name = "Model_labels" },
        "a table of the program" => Experiment with { Name = "Sync_leader" },
        "too long" => Experiment with { Name = new string('K', 53) },
        "plural" => Experiment with { Plural = "Experiments" },
        "group" => Experiment with { Group = "" },
        "version" => Experiment with { Version = "v 1" },
        "column" => Experiment with { Columns = [new("Owner`", "spec.owner")], Keys = [] },
        "common column" => Experiment with { Columns = [new("evicted_time", "spec.owner")], Keys = [] },
        "column twice" => Experiment with { Columns = [new("owner", "spec.owner"), new("owner", "spec.other")] },
        "path" => Experiment with { Columns = [new("owner", "spec..owner")] },
        "path with quotes" => Experiment with { Columns = [new("owner", "spec.o'; DROP TABLE model; --")] },
        "length" => Experiment with { Columns = [new("owner", "spec.owner") { Length = 769 }], Keys = [] },
        "row" => Experiment with
        {
            Columns = [.. Enumerable.Range(0, 61).Select(n => new IndexedColumn($"c{n}", "spec.c"))],
            Keys = [],
        },
        "key of nothing" => Experiment with { Keys = [[]] },
        "key of an unknown column" => Experiment with { Keys = [["colour"]] },
        "key with a column twice" => Experiment with { Keys = [["owner", "owner"]] },
        "key too long" => Experiment with { Keys = [["owner", "uid", "name", "namespace"]] },
        _ => Experiment with { Keys = [["owner"], ["owner"]] },
    };
}
