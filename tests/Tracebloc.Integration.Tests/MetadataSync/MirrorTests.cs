using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The mirror from the API server's changes to the rows, on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class MirrorTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Objects_get_a_row_and_our_finalizer_and_their_changes_follow(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("early", change: gadget => gadget["metadata"]!["finalizers"] = new JsonArray("other/Finalizer"));
        scene.Start();

        await scene.SeeAsync(Token, "team-a/early live red");
        scene.Add("late", "team-b");
        await scene.SeeAsync(Token, "team-a/early live red", "team-b/late live red");
        await scene.UntilAsync(() => scene.IsHeld("early") && scene.IsHeld("late", "team-b"), Token);
        Assert.Equal(
            "[\"other/Finalizer\",\"michelangelo/Ingester\"]",
            scene.Find("early")!["metadata"]!["finalizers"]!.ToJsonString());

        scene.Edit("early", gadget => gadget["spec"]!["colour"] = "blue");
        await scene.SeeAsync(Token, "team-a/early live blue", "team-b/late live red");
        Assert.Contains("Information: Ingester controller registered for Gadget: 2 workers, requeue period 30 s",
            scene.Log.Lines);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_deletion_is_stored_before_Kubernetes_may_end_it(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("plain");
        scene.Add("marked");
        scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("plain") && scene.IsHeld("marked"), Token);

        scene.Api.Delete("gadget/plain", "team-a");
        scene.Annotate("marked", Marks.Deleting);

        await scene.SeeAsync(Token, "team-a/marked deleted red", "team-a/plain deleted red");
        await scene.UntilAsync(() => scene.Find("plain") is null && scene.Find("marked") is null, Token);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_immutable_object_is_in_the_database_alone(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("done");
        var running = scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("done"), Token);

        scene.Annotate("done", Marks.Immutable);

        await scene.SeeAsync(Token, "team-a/done evicted red");
        await scene.UntilAsync(() => scene.Find("done") is null, Token);
        Assert.Equal(
            ["0"],
            await scene.AskAsync("SELECT COUNT(*) FROM gadget WHERE json LIKE '%michelangelo/Ingester%'", Token));

        // A namesake has a row of its own, and a restart touches neither.
        await running.StopAsync();
        scene.Add("done", change: gadget => gadget["spec"]!["colour"] = "new");
        scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("done"), Token);
        Assert.Equal(
            ["team-a/done evicted red", "team-a/done live new"],
            (await scene.RowsAsync(Token)).Order());
    }

    [Theory]
    [InlineData(ServerKind.MySql, Marks.Immutable, "patch")]
    [InlineData(ServerKind.MySql, Marks.Immutable, "delete")]
    [InlineData(ServerKind.MySql, Marks.Deleting, "patch")]
    [InlineData(ServerKind.MySql, Marks.Deleting, "delete")]
    [InlineData(ServerKind.MariaDb, Marks.Immutable, "delete")]
    [InlineData(ServerKind.MariaDb, Marks.Deleting, "patch")]
    public async Task A_mark_that_is_taken_back_before_a_call_keeps_the_object(
        ServerKind kind, string mark, string verb)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("done");
        scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("done"), Token);
        scene.Before(verb, () => scene.Edit("done", gadget =>
        {
            gadget["metadata"]!["annotations"]!.AsObject().Remove(mark);
            gadget["spec"]!["colour"] = "blue";
        }));

        scene.Annotate("done", mark);

        await scene.SeeAsync(Token, "team-a/done live blue");
        await scene.UntilAsync(() => scene.IsHeld("done"), Token);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_deletion_that_no_one_saw_is_found_by_the_next_list(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["gone", "kept"]) scene.Add(name);
        var running = scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("gone") && scene.IsHeld("kept"), Token);
        await running.StopAsync();
        scene.Edit("gone", gadget => gadget["metadata"]!.AsObject().Remove("finalizers"));
        scene.Api.Delete("gadget/gone", "team-a");

        scene.Start();

        await scene.SeeAsync(Token, "team-a/gone deleted red", "team-a/kept live red");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_restart_reads_whole_what_has_changed_or_needs_a_call_and_nothing_else(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["changed", "marked", "same", "unheld"]) scene.Add(name);
        var running = scene.Start();
        await scene.SettleAsync(Token);
        await running.StopAsync();
        scene.Edit("changed", gadget => gadget["spec"]!["colour"] = "blue");
        scene.Annotate("marked", Marks.Deleting);
        scene.Edit("unheld", gadget => gadget["metadata"]!.AsObject().Remove("finalizers"));
        var before = scene.Api.Calls.Count;

        scene.Start();

        await scene.SeeAsync(
            Token, "team-a/changed live blue", "team-a/marked deleted red", "team-a/same live red",
            "team-a/unheld live red");
        await scene.UntilAsync(() => scene.Find("marked") is null && scene.IsHeld("unheld"), Token);
        var calls = scene.Api.Calls.Skip(before).Where(call => call.Resource == "gadgets").ToList();
        Assert.Equal(
            ["changed", "marked", "unheld"],
            calls.Where(call => call.Verb == "get").Select(call => call.Name).Distinct().Order());
        Assert.All(
            calls.Where(call => call.Verb == "list"), call => Assert.Contains("Metadata", call.Headers["Accept"]));
    }

    [Theory]
    [InlineData(ServerKind.MySql, true)]
    [InlineData(ServerKind.MySql, false)]
    [InlineData(ServerKind.MariaDb, false)]
    public async Task After_a_restored_backup_the_rows_are_those_of_the_backup(ServerKind kind, bool isRunning)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["changed", "deleted", "same"]) scene.Add(name);
        var running = scene.Start();
        await scene.UntilAsync(
            () => scene.IsHeld("changed") && scene.IsHeld("deleted") && scene.IsHeld("same"), Token);
        var backup = scene.Api.Backup();
        scene.Edit("changed", gadget => gadget["spec"]!["colour"] = "blue");
        scene.Api.Delete("gadget/deleted", "team-a");
        scene.Add("later");
        await scene.SeeAsync(
            Token, "team-a/changed live blue", "team-a/deleted deleted red", "team-a/later live red",
            "team-a/same live red");
        await scene.UntilAsync(() => scene.IsHeld("later") && scene.Find("deleted") is null, Token);

        if (isRunning)
        {
            // The API server starts anew with its store.
            scene.Api.Fail("watch", "gadgets", FakeFault.Status(503));
            scene.Api.Restore(backup);
        }
        else
        {
            await running.StopAsync();
            scene.Api.Restore(backup);
            scene.Start();
        }

        await scene.SeeAsync(
            Token, "team-a/changed live red", "team-a/deleted live red", "team-a/later deleted red",
            "team-a/same live red");
        scene.Edit("changed", gadget => gadget["spec"]!["colour"] = "green");
        await scene.SeeAsync(
            Token, "team-a/changed live green", "team-a/deleted live red", "team-a/later deleted red",
            "team-a/same live red");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_object_that_cannot_be_stored_is_recorded_and_no_other_notices(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("odd", change: gadget => gadget["metadata"]!["labels"] = new JsonObject { ["number"] = 7 });
        scene.Add("fine");
        scene.Start();

        await scene.SeeAsync(Token, "team-a/fine live red");
        await MirrorScene.UntilAsync(
            async token => await scene.AskAsync("SELECT CONCAT(kind, ' ', name, ' ', error) FROM sync_errors", token)
                is ["Gadget odd Gadget team-a/odd: metadata.labels[number] holds a number, not text"],
            () => "no error is recorded", Token);
        await scene.UntilAsync(() => scene.Api.List("events", "team-a").Count > 0, Token);
        var written = Assert.Single(scene.Api.List("events", "team-a"));
        Assert.Equal(
            ("NotReadable", "odd"), ((string?)written["reason"], (string?)written["regarding"]!["name"]));

        scene.Edit("odd", gadget => gadget["metadata"]!["labels"]!["number"] = "7");

        await scene.SeeAsync(Token, "team-a/fine live red", "team-a/odd live red");
        Assert.Empty(await scene.AskAsync("SELECT name FROM sync_errors", Token));
    }

    /// <summary>A row that another session has locked cannot be read by a writer.</summary>
    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task With_versions_in_memory_an_unchanged_object_costs_no_look_and_a_changed_one_is_written(
        ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token, cachesVersions: true);
        foreach (var name in (string[])["one", "two"]) scene.Add(name);
        var running = scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("one") && scene.IsHeld("two"), Token);
        await MirrorScene.UntilAsync(
            async token => await scene.AskAsync("SELECT COUNT(*) FROM gadget WHERE json LIKE '%Ingester%'", token)
                is ["2"],
            () => "the finalizers are not stored", Token);
        await running.StopAsync();

        await scene.WithLockedRowsAsync(
            () =>
            {
                var mirror = scene.Start().Mirror;
                return scene.UntilAsync(
                    () => mirror.States is [(_, KindState.Following)] && mirror.Numbers[0].Waiting() == (0, 0),
                    Token);
            },
            Token);

        scene.Edit("one", gadget => gadget["spec"]!["colour"] = "blue");
        await scene.SeeAsync(Token, "team-a/one live blue", "team-a/two live red");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_leader_of_an_older_term_changes_nothing_any_more(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Add("one");
        var first = scene.Start("pod-1");
        await scene.UntilAsync(() => scene.IsHeld("one"), Token);

        scene.Start("pod-2");
        await MirrorScene.UntilAsync(
            async token => await scene.AskAsync("SELECT holder FROM sync_leader", token) is ["pod-2"],
            () => "no new term", Token);
        scene.Edit("one", gadget => gadget["spec"]!["colour"] = "blue");

        await first.EndAsync(Token);
        await scene.SeeAsync(Token, "team-a/one live blue");
        Assert.Contains(
            scene.Log.Lines, line => line.StartsWith("Warning: Leading no more: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_kind_that_is_not_installed_is_waited_for(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        scene.Api.Uninstall(MirrorScene.Gadgets);
        scene.Start();
        await scene.UntilAsync(
            () => scene.Log.Lines.Contains(
                "Warning: Gadget waits for its CustomResourceDefinition gadgets.test.example"),
            Token);

        scene.Api.Install(MirrorScene.Gadgets);
        scene.Add("one");

        await scene.SeeAsync(Token, "team-a/one live red");
    }
}
