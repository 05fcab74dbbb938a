using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The comparison of objects and rows by uid and version, on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StatusTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task Nothing => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Equal_objects_and_rows_need_no_second_look(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["one", "two", "evicted", "deleted"])
        {
            scene.Add(name);
            await scene.StoreAsync(name, Token, evicts: name == "evicted");
        }

        await scene.DeleteRowAsync(scene.UidOf("deleted"), Token);
        foreach (var name in (string[])["evicted", "deleted"]) scene.Api.Delete($"gadget/{name}", "team-a");

        var status = await scene.StatusAsync(Token);

        Assert.Equal((2, 2, 1, 1), (status.Objects, status.Live, status.Evicted, status.Deleted));
        Assert.False(status.Differs);
        Assert.Null(status.Oldest);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Each_kind_of_difference_is_counted(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["same", "older", "newer", "gone", "deleted"])
        {
            scene.Add(name);
            await scene.StoreAsync(name, Token);
        }

        scene.Add("missing");
        scene.Edit("older");
        await scene.RunAsync("UPDATE gadget SET res_version = res_version + 1000 WHERE name = 'newer'", Token);
        scene.Api.Delete("gadget/gone", "team-a");
        await scene.DeleteRowAsync(scene.UidOf("deleted"), Token);

        var status = await scene.StatusAsync(Token, () => Nothing);

        Assert.Equal((5, 4, 1), (status.Objects, status.Live, status.Deleted));
        Assert.Equal((2, 1, 1, 1), (status.WithoutRow, status.WithoutObject, status.Older, status.Newer));
        Assert.True(status.Differs);
        Assert.Equal(UnsyncedChange.Creation, status.Oldest?.Source);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Changes_in_flight_are_no_difference(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["changed", "busy", "gone"])
        {
            scene.Add(name);
            await scene.StoreAsync(name, Token);
        }

        scene.Add("new");
        scene.Edit("changed");
        scene.Edit("busy", "blue");
        var gone = scene.UidOf("gone");
        scene.Api.Delete("gadget/gone", "team-a");

        var status = await scene.StatusAsync(
            Token,
            async () =>
            {
                foreach (var name in (string[])["new", "changed", "busy"]) await scene.StoreAsync(name, Token);
                scene.Edit("busy", "green");
                await scene.DeleteRowAsync(gone, Token);
            });

        Assert.False(status.Differs, $"{status}");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Objects_that_leave_the_cluster_need_no_live_row(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["deleting", "immutable"])
            scene.Add(name, gadget => gadget["metadata"]!["finalizers"] = new JsonArray("other/Finalizer"));
        await scene.StoreAsync("deleting", Token);
        await scene.DeleteRowAsync(scene.UidOf("deleting"), Token);
        scene.Api.Delete("gadget/deleting", "team-a");
        scene.Api.Edit(
            "gadget/immutable",
            gadget => gadget["metadata"]!["annotations"]![Marks.Immutable] = Marks.True,
            ns: "team-a");
        await scene.StoreAsync("immutable", Token, evicts: true);

        Assert.False((await scene.StatusAsync(Token, () => Nothing)).Differs);

        await scene.RunAsync("DELETE FROM gadget WHERE name = 'immutable'", Token);
        Assert.Equal(1, (await scene.StatusAsync(Token, () => Nothing)).WithoutRow);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Objects_with_errors_and_the_first_of_them_are_shown(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        scene.Add("odd");
        await scene.StoreAsync("odd", Token);
        await scene.RecordErrorAsync("odd", Token);

        var status = await scene.StatusAsync(Token);

        Assert.Equal(1, status.Errors);
        Assert.Equal(new UnsyncedChange(StoreScene.Now, UnsyncedChange.Errors), status.Oldest);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_kind_that_is_not_installed_does_not_differ_and_one_without_tables_does(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        scene.Add("one");
        await scene.StoreAsync("one", Token);
        scene.Api.Uninstall(MirrorScene.Gadgets);

        var absent = await scene.StatusAsync(Token);
        var (lines, verified) = await scene.VerifyAsync(Token);
        await scene.RunAsync("DROP TABLE gadget_labels", Token);
        var broken = await scene.StatusAsync(Token);
        var unverified = await scene.VerifyAsync(Token);

        Assert.Equal((false, 1, false), (absent.IsInstalled, absent.Live, absent.Differs));
        Assert.Equal("Gadget: not installed", verified.Text);
        Assert.Empty(lines);
        Assert.Equal(
            (true, "table gadget_labels is missing; run metadata-sync migrate"), (broken.Differs, broken.Problem));
        Assert.True(unverified.Kind.Differs);
    }
}
