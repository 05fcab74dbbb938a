using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Pages, states and generations on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class QueryPageTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_list_neither_repeats_nor_leaves_out_a_row_while_others_are_written(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        QueryRow[] rows =
        [
            .. from space in (string[])["team-a", "team-b", "Team"]
               from number in Enumerable.Range(0, 40)
               select new QueryRow($"m{number % 30:00}") { Namespace = space, Version = (ulong)number + 1 },
        ];
        await scene.InsertAsync(Token, rows);
        var (seen, token, pages) = (new List<string>(), "", 0);
        do
        {
            var page = await scene.JsonAsync("GET", $"{QueryScene.Everywhere}?limit=7&continue={token}", Token);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["metadata"]!["uid"]!));
            token = (string?)page["metadata"]!["continue"] ?? "";
            if (pages++ == 0) Assert.Equal(113, (int?)page["metadata"]!["remainingItemCount"]);
            // Before and after the place of any page.
            await scene.InsertAsync(
                Token,
                new QueryRow($"a{pages}") { Namespace = "Aaa" },
                new QueryRow($"n{pages}") { Namespace = "team-a" });
        }
        while (token.Length > 0);

        var ours = rows.Select(row => row.Uid).ToHashSet();
        Assert.Equal(
            rows.OrderBy(row => row.Namespace, StringComparer.Ordinal)
                .ThenBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Uid, StringComparer.Ordinal)
                .Select(row => row.Uid),
            seen.Where(ours.Contains));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task States_choose_rows_and_a_name_is_its_newest_generation(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        var second = QueryScene.Now - TimeSpan.FromHours(1);
        await scene.InsertAsync(
            Token,
            new QueryRow("m") { Uid = "z", Version = 1, IsEvicted = true },
            new QueryRow("m") { Uid = "y", Version = 5, CreatedAt = second, IsEvicted = true },
            new QueryRow("m") { Uid = "x", Version = 9, CreatedAt = second },
            new QueryRow("m") { Uid = "w", Version = 20, CreatedAt = QueryScene.Now, IsDeleted = true });

        Assert.Equal("x", await UidAsync(""));
        Assert.Equal("y", await UidAsync("?state=evicted"));
        Assert.Equal("w", await UidAsync("?state=deleted"));
        Assert.Equal("w", await UidAsync("?state=all"));
        foreach (var (query, count) in ((string, int)[])
            [("", 3), ("?state=live", 1), ("?state=evicted", 2), ("?state=deleted", 1), ("?state=all", 4)])
            Assert.Equal(count, (await scene.NamesAsync(QueryScene.TeamA + query, Token)).Length);
        Assert.Equal(404, (await scene.SendAsync("GET", $"{QueryScene.TeamA}/M", Token)).Code);
        Assert.Equal(404, (await scene.SendAsync("GET", $"{QueryScene.TeamA}/m%20", Token)).Code);
        var all = await scene.JsonAsync("GET", $"{QueryScene.TeamA}?state=all", Token);
        Assert.Equal("20", (string?)all["metadata"]!["resourceVersion"]);

        async Task<string?> UidAsync(string query) =>
            (string?)(await scene.JsonAsync("GET", $"{QueryScene.TeamA}/m{query}", Token))["metadata"]!["uid"];
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_token_of_another_list_is_refused(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        await scene.InsertAsync(Token, Enumerable.Range(0, 3).Select(each => new QueryRow($"m{each}")));
        var first = await scene.JsonAsync("GET", $"{QueryScene.TeamA}?limit=1", Token);
        var token = (string?)first["metadata"]!["continue"];

        foreach (var other in (string[])
            [QueryScene.Everywhere + "?", QueryScene.TeamA + "?labelSelector=a&", QueryScene.TeamA + "?state=all&"])
            Assert.Contains("belongs to another query", (string?)(await scene.JsonAsync(
                "GET", $"{other}limit=1&continue={token}", Token, code: 400))["message"]);
        Assert.Equal(["m1", "m2"], await scene.NamesAsync($"{QueryScene.TeamA}?limit=9&continue={token}", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_page_of_large_objects_ends_early(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        const int count = 60, bytes = 1_000_000;
        foreach (var number in Enumerable.Range(0, count))
            await scene.RunAsync(
                new QueryRow($"m{number:00}").Sql(QueryScene.Kind)
                + $"UPDATE gadget SET json = JSON_SET(json, '$.spec', REPEAT('x', {bytes})) "
                + $"WHERE name = 'm{number:00}'",
                Token);
        var first = await scene.JsonAsync("GET", $"{QueryScene.TeamA}?limit=1000", Token);
        var names = QueryScene.Names(first).ToList();
        var token = (string?)first["metadata"]!["continue"];

        Assert.InRange(names.Count, ObjectBodies.MostBytes / bytes, count - 1);
        names.AddRange(await scene.NamesAsync($"{QueryScene.TeamA}?limit=1000&continue={token}", Token));
        Assert.Equal(Enumerable.Range(0, count).Select(number => $"m{number:00}"), names);
    }

    [Fact]
    public async Task Objects_are_passed_through_as_they_are_stored()
    {
        await using var scene = await QueryScene.StartAsync(databases[ServerKind.MariaDb], Token);
        const string json = """{"metadata": {"name":"m" , "x":1.50}, "a":"\u00e9\ud83d\ude00\/", "b":1e400}""";
        await scene.InsertAsync(Token, new QueryRow("m"));
        var literal = json.Replace("\\", "\\\\", StringComparison.Ordinal);
        await scene.RunAsync($"UPDATE gadget SET json = '{literal}'", Token);

        Assert.Equal((200, json), await scene.SendAsync("GET", $"{QueryScene.TeamA}/m", Token));
        Assert.Contains($"\"items\":[{json}]", (await scene.SendAsync("GET", QueryScene.TeamA, Token)).Text);
    }
}
