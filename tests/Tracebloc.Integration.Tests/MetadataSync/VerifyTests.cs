using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The comparison of objects and rows by their content, on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class VerifyTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task Nothing => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Equal_content_is_equal_however_the_server_writes_it(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        for (var number = 0; number < 450; number++)
        {
            scene.Add($"gadget-{number}", gadget => gadget["spec"] = JsonNode.Parse(
                """
                {"z":1,"aa":[1.50,1e3,-0.0,0.1,12345678901234567890,1e-7,123456789.123456789],
                 "b":{"ü":"\u00e4 😀 \" \\ \n"},"madeAt":null,"colour":"longer than ten","size":"7","isRound":true}
                """));
            await scene.StoreAsync($"gadget-{number}", Token);
        }

        var (lines, verified) = await scene.VerifyAsync(Token);

        Assert.Empty(lines);
        Assert.Equal("Gadget: 450 objects, no difference", verified.Text);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Every_difference_is_a_line_with_its_places_and_no_value(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        string[] names = ["annotation", "colour", "gone", "json", "label", "older", "same", "time"];
        foreach (var name in names)
        {
            scene.Add(name);
            await scene.StoreAsync(name, Token);
        }

        scene.Add("missing");
        var uids = names.Append("missing").ToDictionary(name => name, scene.UidOf);
        scene.Api.Delete("gadget/gone", "team-a");
        scene.Edit("older");
        await scene.RunAsync(
            $"""
            UPDATE gadget_annotations SET value = 'x' WHERE obj_uid = '{uids["annotation"]}';
            UPDATE gadget SET colour = 'green' WHERE name = 'colour';
            UPDATE gadget SET json = JSON_SET(json, '$.spec.colour', 'blue', '$.spec.more', 1) WHERE name = 'json';
            DELETE FROM gadget_labels WHERE obj_uid = '{uids["label"]}';
            INSERT INTO gadget_labels (obj_uid, `key`, value) VALUES ('{uids["label"]}', 'other', '');
            UPDATE gadget SET create_time = create_time + INTERVAL 1 SECOND WHERE name = 'time';
            """,
            Token);

        var (lines, verified) = await scene.VerifyAsync(Token, () => Nothing);

        var older = lines.Single(line => line.Contains("/older ", StringComparison.Ordinal));
        Assert.Matches($"^Gadget team-a/older {uids["older"]}: version [0-9]+ is older than [0-9]+$", older);
        Assert.Equal(
            [
                $"Gadget team-a/annotation {uids["annotation"]}: annotation note",
                $"Gadget team-a/colour {uids["colour"]}: column colour",
                $"Gadget team-a/gone {uids["gone"]}: no object, the row is live",
                $"Gadget team-a/json {uids["json"]}: json spec.colour; json spec.more",
                $"Gadget team-a/label {uids["label"]}: label other; label team",
                $"Gadget team-a/missing {uids["missing"]}: no row",
                $"Gadget team-a/time {uids["time"]}: column create_time",
            ],
            lines.Where(line => line != older).Order(StringComparer.Ordinal));
        Assert.Equal("Gadget: 8 objects, 8 differ", verified.Text);
        Assert.DoesNotContain(lines, line => line.Contains("the-password", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Changes_in_flight_are_looked_at_once_more(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["busy", "gone", "changed"])
        {
            scene.Add(name);
            await scene.StoreAsync(name, Token);
        }

        var gone = scene.UidOf("gone");
        scene.Api.Delete("gadget/gone", "team-a");
        scene.Add("new");
        foreach (var name in (string[])["busy", "changed"]) scene.Edit(name);

        var (lines, verified) = await scene.VerifyAsync(
            Token,
            async () =>
            {
                foreach (var name in (string[])["new", "changed", "busy"]) await scene.StoreAsync(name, Token);
                scene.Edit("busy", "green");
                await scene.DeleteRowAsync(gone, Token);
            });

        Assert.Empty(lines);
        Assert.False(verified.Differs);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_object_that_cannot_be_read_is_a_difference(ServerKind kind)
    {
        await using var scene = await CheckScene.StartAsync(databases[kind], Token);
        scene.Add("odd");
        await scene.StoreAsync("odd", Token);
        scene.Api.Edit(
            "gadget/odd", gadget => gadget["metadata"]!["labels"]!["number"] = 7, ns: "team-a");
        await scene.RunAsync("UPDATE gadget SET res_version = res_version + 1000", Token);

        var (lines, _) = await scene.VerifyAsync(
            Token, async () => await scene.RunAsync("UPDATE gadget SET res_version = res_version + 1", Token));

        Assert.Equal(
            $"Gadget team-a/odd {scene.UidOf("odd")}: Gadget team-a/odd: metadata.labels[number] holds a number, "
                + "not text",
            Assert.Single(lines));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_mirror_at_work_leaves_nothing_that_differs(ServerKind kind)
    {
        await using var scene = await MirrorScene.StartAsync(databases[kind], Token);
        foreach (var name in (string[])["one", "two"]) scene.Add(name);
        scene.Start();
        await scene.UntilAsync(() => scene.IsHeld("one") && scene.IsHeld("two"), Token);
        scene.Edit("one", gadget => gadget["spec"]!["colour"] = "blue");
        scene.Annotate("two", "note");

        var kinds = await scene.VerifyAsync(Token);

        Assert.Equal("Gadget: 2 objects, no difference", Assert.Single(kinds).Text);
    }
}
