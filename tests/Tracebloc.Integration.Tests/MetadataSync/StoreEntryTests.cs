using System.Text;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Labels, annotations and columns of any content, read back by the server's own client.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreEntryTests(RealDatabases databases)
{
    private static readonly string LongestKey = $"{new string('p', 253)}/{new string('k', 63)}";

    private static readonly Dictionary<string, string> Odd = new()
    {
        ["quote"] = "it's \"so\" `here`",
        ["backslash"] = @"\ \\ \' \0 \",
        ["percent"] = "%_ ?; -- /* '",
        ["emoji"] = "😀 ä \u202e",
        ["controls"] = "\0 \n\r\t\u001a\u007f",
        ["blanks"] = "  both  ",
        ["empty"] = "",
        ["case"] = "a",
        ["CASE"] = "A",
        ["Case"] = "a ",
        ["it's?%\\"] = "key",
        ["256 KiB"] = new string('ä', 128 << 10),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Entries_of_any_content_come_back_as_they_were(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        var longest = new Dictionary<string, string> { [LongestKey] = new('v', 63) };
        var some = new SomeObject { Labels = longest, Annotations = Odd };

        Assert.Equal([WriteOutcome.Written], await leader.WriteAsync(Token, some));
        Assert.Equal(Odd, await EntriesAsync(scene, "gadget_annotations"));
        Assert.Equal(longest, await EntriesAsync(scene, "gadget_labels"));

        var ids = await IdsAsync(scene);
        Assert.Equal([WriteOutcome.Written], await leader.WriteAsync(Token, some with { Version = 101 }));
        Assert.Equal(ids, await IdsAsync(scene));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Only_the_entries_that_differ_are_written(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        var some = new SomeObject { Annotations = Odd };
        await leader.WriteAsync(Token, some, new SomeObject { Uid = "other", Annotations = Odd });
        var before = await IdsAsync(scene);
        var changed = new Dictionary<string, string>(Odd)
        {
            ["case"] = "a ",
            ["blanks"] = "  both",
            ["new"] = "x",
        };
        changed.Remove("CASE");
        changed.Remove("it's?%\\");

        await leader.WriteAsync(Token, some with { Version = 101, Annotations = changed });

        Assert.Equal(changed, await EntriesAsync(scene, "gadget_annotations"));
        var after = await IdsAsync(scene);
        Assert.Equal(2, before.Except(after).Count());
        Assert.Single(after.Except(before));
        Assert.Equal([$"{Odd.Count}"], await scene.RunAsync(
            "SELECT COUNT(*) FROM gadget_annotations WHERE obj_uid = 'other'", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_row_has_the_columns_that_users_SQL_names(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        var some = new SomeObject
        {
            Name = "o'ne",
            Spec = """{"colour":"0123456'8😀x","size":"9223372036854775807","isRound":false,"note":"it's \\ ä 😀 %"}""",
        };

        await leader.WriteAsync(Token, some);

        Assert.Equal(
            [
                $"{some.Uid}\ttest.example/v1\tteam-a\to'ne\t100\t2026-01-01 00:00:00.000000\t"
                + "2026-11-30 12:00:00.123456\tNULL\tNULL\tNULL\t0123456'8😀\t9223372036854775807\t0\t"
                + "2026-01-02 03:04:05.678901",
            ],
            await scene.RunAsync(
                "SELECT uid, group_ver, namespace, name, res_version, create_time, update_time, delete_time, "
                + "evicted_time, proto, colour, size, is_round, made_at FROM gadget",
                Token));
        Assert.Equal(
            ["test.example/v1\tGadget\t69742773205C20C3A420F09F98802025"],
            await scene.RunAsync(
                "SELECT JSON_UNQUOTE(JSON_EXTRACT(json, '$.apiVersion')), JSON_UNQUOTE(JSON_EXTRACT(json, '$.kind')), "
                + "HEX(JSON_UNQUOTE(JSON_EXTRACT(json, '$.spec.note'))) FROM gadget",
                Token));
    }

    private static async Task<Dictionary<string, string>> EntriesAsync(StoreScene scene, string table) =>
        (await scene.RunAsync(
            $"SELECT HEX(`key`), HEX(`value`) FROM {table} WHERE obj_uid = '{new SomeObject().Uid}'", Token))
        .Select(line => line.Split('\t')).ToDictionary(line => Text(line[0]), line => Text(line[1]));

    private static Task<IReadOnlyList<string>> IdsAsync(StoreScene scene) =>
        scene.RunAsync("SELECT 'l', id FROM gadget_labels UNION ALL SELECT 'a', id FROM gadget_annotations", Token);

    private static string Text(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));
}
