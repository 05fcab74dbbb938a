using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The deletion of collections on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class QueryDeletionTests(RealDatabases databases)
{
    private static readonly Dictionary<string, string> Old = new() { ["age"] = "old" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Live_objects_go_through_the_API_server_and_evicted_ones_in_the_database(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);

        var answer = await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}?labelSelector=age%3Dold", Token);
        Assert.Equal("Success", (string?)answer["status"]);
        Assert.Equal(
            "1 objects deleted in the cluster, 1 in the database, 0 not", (string?)answer["message"]);
        Assert.Equal(["evicted database", "live cluster"], Lines(answer["deleted"], "from"));
        Assert.Null(scene.Api.Find("gadget/live", "team-a"));
        Assert.NotNull(scene.Api.Find("gadget/young", "team-a"));
        Assert.Equal(
            ["deleted 1", "evicted 1", "live 0", "young 0"],
            await scene.RunAsync("SELECT CONCAT(name, ' ', delete_time IS NOT NULL) FROM gadget ORDER BY name", Token));
        var call = scene.Api.Calls.Single(each => each.Verb == "delete");
        Assert.NotNull((string?)call.Json?["preconditions"]?["uid"]);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_dry_run_deletes_nothing(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);

        foreach (var (query, body) in ((string, string?)[])
            [("dryRun=All", null), ("", """{"kind": "DeleteOptions", "apiVersion": "v1", "dryRun": ["All"]}""")])
        {
            var answer = await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}?{query}", Token, body);
            Assert.Equal(
                "2 objects would be deleted in the cluster, 1 in the database, 0 not", (string?)answer["message"]);
        }

        Assert.Equal(2, scene.Api.List("gadgets", "team-a").Count);
        Assert.Equal(["1"], await scene.RunAsync("SELECT COUNT(*) FROM gadget WHERE delete_time IS NOT NULL", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_namesake_is_kept_and_the_answer_names_it(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await scene.RunAsync("UPDATE gadget SET uid = 'former' WHERE name = 'live'", Token);

        var answer = await scene.JsonAsync("DELETE", QueryScene.TeamA, Token, code: 409);
        Assert.Equal(("Failure", "Conflict"), ((string?)answer["status"], (string?)answer["reason"]));
        Assert.Equal(["live Conflict"], Lines(answer["notDeleted"], "reason"));
        Assert.Equal(["evicted database", "young cluster"], Lines(answer["deleted"], "from"));
        Assert.NotNull(scene.Api.Find("gadget/live", "team-a"));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_object_that_is_gone_is_deleted_and_a_refused_one_is_not(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);
        scene.Api.Delete("gadget/live", "team-a");
        scene.Api.Fail("delete", "gadgets", FakeFault.Status(403));

        var answer = await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}?state=live", Token, code: 409);
        Assert.Single(Lines(answer["notDeleted"], "reason"));
        answer = await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}?state=live", Token);
        Assert.Equal(2, answer["deleted"]!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Many_objects_are_deleted_in_batches(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        await scene.InsertAsync(
            Token, Enumerable.Range(0, 1201).Select(each => new QueryRow($"m{each}") { IsEvicted = true }));

        var answer = await scene.JsonAsync("DELETE", QueryScene.TeamA, Token);
        Assert.Equal(1201, answer["deleted"]!.AsArray().Count);
        Assert.Empty(await scene.NamesAsync(QueryScene.TeamA, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task One_object_is_deleted_where_it_is(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/live?dryRun=All", Token);
        await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/evicted?dryRun=All", Token);
        Assert.NotNull(scene.Api.Find("gadget/live", "team-a"));

        var answer = await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/live", Token);
        Assert.Equal(
            ("Success", "live", "gadgets"),
            ((string?)answer["status"], (string?)answer["details"]!["name"], (string?)answer["details"]!["kind"]));
        Assert.NotNull((string?)answer["details"]!["uid"]);
        Assert.Null(scene.Api.Find("gadget/live", "team-a"));

        await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/evicted", Token);
        Assert.Equal(
            ["deleted 1", "evicted 1", "live 0", "young 0"],
            await scene.RunAsync("SELECT CONCAT(name, ' ', delete_time IS NOT NULL) FROM gadget ORDER BY name", Token));
        foreach (var name in (string[])["evicted", "deleted", "absent"])
            Assert.Equal(
                "NotFound",
                (string?)(await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/{name}", Token, code: 404))["reason"]);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task One_object_is_kept_where_it_is_another_one_or_has_changed(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await scene.RunAsync("UPDATE gadget SET uid = 'former' WHERE name = 'live'", Token);

        foreach (var (name, precondition) in ((string, string)[])
            [("live", ""), ("evicted", "\"uid\": \"other\""), ("evicted", "\"resourceVersion\": \"6\""),
                ("young", "\"resourceVersion\": \"1\"")])
        {
            var answer = await scene.JsonAsync(
                "DELETE", $"{QueryScene.TeamA}/{name}", Token, $$$"""{"preconditions": {{{{precondition}}}}}""",
                code: 409);
            Assert.Equal(("Failure", "Conflict"), ((string?)answer["status"], (string?)answer["reason"]));
        }

        Assert.Equal(2, scene.Api.List("gadgets", "team-a").Count);
        Assert.Equal(["1"], await scene.RunAsync("SELECT COUNT(*) FROM gadget WHERE delete_time IS NOT NULL", Token));
    }

    /// <summary>The newest generation alone, as GET returns it.</summary>
    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_several_generations_the_newest_is_deleted(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await scene.InsertAsync(
            Token,
            new QueryRow("live") { IsEvicted = true, CreatedAt = QueryScene.Now - TimeSpan.FromDays(5) });

        await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/live", Token);
        Assert.Null(scene.Api.Find("gadget/live", "team-a"));
        Assert.Equal(["0"], await scene.RunAsync(
            "SELECT COUNT(*) FROM gadget WHERE name = 'live' AND delete_time IS NOT NULL", Token));
        await scene.JsonAsync("DELETE", $"{QueryScene.TeamA}/live?state=evicted", Token);
        Assert.Equal(["1"], await scene.RunAsync(
            "SELECT COUNT(*) FROM gadget WHERE name = 'live' AND delete_time IS NOT NULL", Token));
    }

    private async Task<QueryScene> SceneAsync(ServerKind kind)
    {
        var scene = await QueryScene.StartAsync(databases[kind], Token);
        await scene.InsertAsync(
            Token,
            scene.AddLive("live") with { Labels = Old },
            scene.AddLive("young"),
            new QueryRow("evicted") { IsEvicted = true, Labels = Old },
            new QueryRow("deleted") { IsDeleted = true, Labels = Old });
        return scene;
    }

    private static string[] Lines(JsonNode? list, string member) =>
        [.. list!.AsArray().Select(each => $"{each!["name"]} {each[member]}").Order(StringComparer.Ordinal)];
}
