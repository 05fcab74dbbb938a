using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Field selectors and queries on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class QueryFieldTests(RealDatabases databases)
{
    // The texts that SQL, JSON or a shell may take for something else; the columns holds the first 10 characters.
    private static readonly string[] Colours =
    [
        "red", "Red", "red ", "r_d", "r%d", "'; --", "\"", "\\", "\\'", "\0", "é", "🐈", "a,b=c", "%", "",
        "0123456789", "0123456789a", "0123456789b", "🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈x",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Every_text_finds_itself_alone(ServerKind kind)
    {
        await using var scene = await ColouredAsync(kind);
        foreach (var (at, colour) in Colours.Index())
        {
            var value = colour.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
            string[] expected = colour.Length == 0 ? [Name(at), "none"] : [Name(at)];
            Assert.Equal(expected, await FindAsync(scene, $"spec.colour={value}"));
            Assert.Equal<string[]>(
                [.. Colours.Index().Select(each => Name(each.Index)).Append("none").Except(expected)],
                await FindAsync(scene, $"spec.colour!={value}"));
            Assert.Equal<string[]>(expected[..1], await scene.NamesAsync(
                $"{QueryScene.TeamA}/query", Token, Criterion("spec.colour", "EQUAL", colour)));
        }
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Operators_of_queries_compare_as_the_types_do(ServerKind kind)
    {
        await using var scene = await ColouredAsync(kind);
        await scene.InsertAsync(
            Token,
            Numbered("n2", 2, true, "2026-01-02T03:04:05.123456Z"),
            Numbered("n10", 10, false, "2026-01-02T03:04:05.123457Z"),
            Numbered("n-1", -1, true, "2025-12-31T23:59:59Z"));

        foreach (var (field, operation, value, expected) in ((string, string, JsonNode?, string)[])
            [
                ("spec.size", "GREATER_THAN", 2, "n10"),
                ("spec.size", "GREATER_THAN_OR_EQUAL_TO", 2, "n10 n2"),
                ("spec.size", "LESS_THAN", 2, "n-1"),
                ("spec.size", "LESS_THAN_OR_EQUAL_TO", "2", "n-1 n2"),
                ("spec.size", "IN", new JsonArray(-1, 10), "n-1 n10"),
                ("spec.size", "IS_NOT_NULL", null, "n-1 n10 n2"),
                ("spec.is_round", "EQUAL", true, "n-1 n2"),
                ("spec.isRound", "NOT_EQUAL", true, Others("n10")),
                ("status.made_at", "LESS_THAN", "2026-01-02T03:04:05.123457Z", "n-1 n2"),
                ("status.madeAt", "EQUAL", "2026-01-02T04:04:05.123456+01:00", "n2"),
                ("metadata.name", "LIKE", "n-%", "n-1"),
                ("metadata.name", "LIKE", "N%", ""),
                ("spec.colour", "LIKE", "%b", $"{Name(17)}"),
                ("spec.colour", "LIKE", "r\\_d", $"{Name(3)}"),
                ("spec.colour", "GREATER_THAN", "0123456789a", string.Join(' ', Above("0123456789a"))),
                ("spec.colour", "NOT_IN", AllColours(), "n-1 n10 n2 none"),
                ("spec.colour", "IS_NULL", null, "n-1 n10 n2 none"),
            ])
            Assert.Equal(
                $"{field} {operation}: {expected}",
                $"{field} {operation}: " + string.Join(' ', await scene.NamesAsync(
                    $"{QueryScene.TeamA}/query", Token, Criterion(field, operation, value))));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Queries_are_sorted_paged_and_trimmed(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        await scene.InsertAsync(
            Token, Numbered("b", 1, true, null), Numbered("a", 1, true, null), Numbered("c", 2, true, null));

        const string order = """{"order_by": [{"field": "spec.size", "dir": "DESC"}]""";
        Assert.Equal(["c", "a", "b"], await scene.NamesAsync($"{QueryScene.TeamA}/query", Token, $"{order}}}"));
        var page = await scene.JsonAsync(
            "POST", $"{QueryScene.Everywhere}/query", Token,
            $$$"""{{{order}}}, "pagination": {"offset": 1, "limit": 1}, "returned_field_skip_list": ["spec"]}""");
        Assert.Equal(["a"], QueryScene.Names(page));
        Assert.Equal(1, (int?)page["metadata"]?["remainingItemCount"]);
        Assert.Null(page["items"]?[0]?["spec"]);

        var selected = await scene.JsonAsync(
            "POST", $"{QueryScene.Everywhere}/query?labelSelector=!x", Token,
            $$$"""{{{order}}}, "pagination": {"offset": 1, "limit": 1}}""");
        Assert.Equal(["a"], QueryScene.Names(selected));
        Assert.Null(selected["metadata"]?["remainingItemCount"]);
    }

    private async Task<QueryScene> ColouredAsync(ServerKind kind)
    {
        var scene = await QueryScene.StartAsync(databases[kind], Token);
        await scene.InsertAsync(Token, [.. Colours.Select((colour, at) => Coloured(Name(at), colour)), new("none")]);
        return scene;
    }

    private static QueryRow Coloured(string name, string colour) => new(name)
    {
        Columns = new Dictionary<string, object?> { ["colour"] = string.Concat(colour.EnumerateRunes().Take(10)) },
        Body = new JsonObject { ["spec"] = new JsonObject { ["colour"] = colour } },
    };

    private static QueryRow Numbered(string name, int size, bool isRound, string? madeAt) => new(name)
    {
        Columns = new Dictionary<string, object?>
        {
            ["size"] = size,
            ["is_round"] = isRound ? 1 : 0,
            ["made_at"] = madeAt is null ? null : DateTimeOffset.Parse(madeAt, null),
        },
        Body = new JsonObject { ["spec"] = new JsonObject { ["size"] = size } },
    };

    private static Task<string[]> FindAsync(QueryScene scene, string selector) => scene.NamesAsync(
        $"{QueryScene.TeamA}?limit=1000&fieldSelector={Uri.EscapeDataString(selector)}", Token);

    private static string Criterion(string field, string operation, JsonNode? value)
    {
        var criterion = new JsonObject { ["field_name"] = field, ["operator"] = operation };
        if (value is not null) criterion["match_value"] = value.DeepClone();
        return new JsonObject { ["operation"] = new JsonObject { ["criterion"] = new JsonArray(criterion) } }
            .ToJsonString();
    }

    private static JsonArray AllColours() => [.. Colours.Select(each => (JsonNode)each)];

    private static string Name(int at) => $"m{at:00}";

    private static string Others(string more) =>
        string.Join(' ', Colours.Select((_, at) => Name(at)).Append(more).Append("none"));

    private static IEnumerable<string> Above(string least) => Colours.Index()
        .Where(each => string.CompareOrdinal(each.Item, least) > 0).Select(each => Name(each.Index));
}
