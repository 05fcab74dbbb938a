using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Objects that a server rejects, and failures that are no object's.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreRejectionTests(RealDatabases databases)
{
    private const int Count = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_a_batch_with_a_bad_object_in_any_place_the_rest_is_written(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);

        for (var place = 0; place < Count; place++)
        {
            var batch = Batch($"batch{place}", place);

            var outcomes = await leader.WriteAsync(Token, batch);

            Assert.Equal(
                Enumerable.Range(0, Count).Select(at => at == place ? WriteOutcome.Rejected : WriteOutcome.Written),
                outcomes);
        }

        Assert.Equal([$"{Count * (Count - 1)}"], await scene.RunAsync("SELECT COUNT(*) FROM gadget", Token));
        Assert.Equal(
            Enumerable.Range(0, Count).Select(at => $"Gadget\tbatch{at}-{at}\tteam-a\t100\t1"),
            await scene.RunAsync("SELECT kind, uid, namespace, res_version, attempts FROM sync_errors", Token));
        Assert.Equal(
            ["Data too long for column 'name' at row 1 (error 1406)\t255\t2026-11-30 12:00:00.123456"],
            await scene.RunAsync("SELECT DISTINCT error, LENGTH(name), first_at FROM sync_errors", Token));
        Assert.Equal(Count, leader.Errors.Count);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_error_is_counted_until_its_object_is_written_or_deleted(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        SomeObject[] bad = [.. Batch("x", [0, 1, 2]).Take(3)];
        await leader.WriteAsync(Token, bad);
        await leader.WriteAsync(Token, bad.Select(each => each with { Version = 101 }));
        Assert.Equal(
            ["x-0\t101\t2", "x-1\t101\t2", "x-2\t101\t2"],
            await scene.RunAsync("SELECT uid, res_version, attempts FROM sync_errors", Token));

        var next = await scene.LeadAsync("pod-2", Token);
        Assert.Equal(3, next.Errors.Count);
        await next.WriteAsync(Token, bad[0] with { Name = "short", Version = 102 });
        await next.DeleteAsync(Token, new RowDeletion(bad[1].Uid));

        Assert.Equal(["x-2"], await scene.RunAsync("SELECT uid FROM sync_errors", Token));
        Assert.Equal(1, next.Errors.Count);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_object_that_its_server_finds_too_deep_is_rejected_alone(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        var deep = new SomeObject { Spec = new string('[', 200) + new string(']', 200) };

        var outcomes = await leader.WriteAsync(Token, new SomeObject { Uid = "a" }, deep, new SomeObject { Uid = "z" });

        Assert.Equal([WriteOutcome.Written, WriteOutcome.Rejected, WriteOutcome.Written], outcomes);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_missing_table_is_no_fault_of_the_objects(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        await scene.RunAsync("DROP TABLE gadget_annotations", Token);
        var some = new SomeObject { Annotations = new Dictionary<string, string> { ["a"] = "b" } };

        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => leader.WriteAsync(Token, some));

        Assert.Equal((DatabaseFailure.Statement, 1146), (thrown.Failure, thrown.Number));
        Assert.Equal(
            ["0\t0"], await scene.RunAsync("SELECT (SELECT COUNT(*) FROM sync_errors), COUNT(*) FROM gadget", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_lost_connection_is_reported_as_such_and_the_next_write_has_another(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        var connections = await scene.RunAsync(
            $"SELECT id FROM information_schema.processlist WHERE db = '{scene.Server.Options.Database}' "
            + "AND id <> CONNECTION_ID()",
            Token);
        await scene.RunAsync(string.Concat(connections.Select(id => $"KILL {id};")), Token);

        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => leader.WriteAsync(Token, new SomeObject()));

        Assert.Equal(DatabaseFailure.Connection, thrown.Failure);
        Assert.Equal(["0"], await scene.RunAsync("SELECT COUNT(*) FROM sync_errors", Token));
        Assert.Equal([WriteOutcome.Written], await leader.WriteAsync(Token, new SomeObject()));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_of_the_old_layout_is_written_and_evicts_nothing(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        await scene.RunAsync("ALTER TABLE gadget DROP COLUMN evicted_time, DROP COLUMN size", Token);
        var columns = KindTables.MainOf(scene.Kind).Columns.Select(column => column.Name);
        var old = new StoredKind(scene.Kind, columns.Except(["evicted_time", "size"]).ToHashSet());
        var leader = await scene.LeadAsync("pod-1", Token, old);
        var some = new SomeObject();

        Assert.Equal([WriteOutcome.Written], await leader.WriteAsync(Token, some));
        Assert.Equal([WriteOutcome.Written], await leader.WriteAsync(Token, some with { Version = 101 }));
        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => leader.EvictAsync(some, Token));
        Assert.Contains("run metadata-sync migrate", thrown.Message);
        Assert.Equal(1, (await new RowFinder(scene.Database, old).LiveAsync(Token)).Count);
        Assert.Equal(1, await leader.DeleteAsync(Token, new RowDeletion(some.Uid)));
    }

    private static IEnumerable<SomeObject> Batch(string name, params int[] bad) =>
        Enumerable.Range(0, Count).Select(at => new SomeObject
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{name}-{at}"),
            Name = bad.Contains(at) ? new string('x', 300) : "fine",
        });
}
