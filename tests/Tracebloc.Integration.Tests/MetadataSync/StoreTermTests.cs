using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The fence between two replicas, on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreTermTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_holder_of_an_older_term_changes_nothing(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var some = new SomeObject();
        var first = await scene.LeadAsync("pod-1", Token);
        await first.WriteAsync(Token, some);

        var second = await scene.LeadAsync("pod-2", Token);

        await Assert.ThrowsAsync<FenceException>(() => first.WriteAsync(Token, some with { Version = 101 }));
        await Assert.ThrowsAsync<FenceException>(() => first.EvictAsync(some, Token));
        await Assert.ThrowsAsync<FenceException>(() => first.DeleteAsync(Token, new RowDeletion(some.Uid)));
        var error = first.Errors.RecordAsync(new ErrorSubject("u", "n", "x", 1), "late", Token);
        Assert.Contains("Term 1 of pod-1", (await Assert.ThrowsAsync<FenceException>(() => error)).Message);
        Assert.Equal(["100\tNULL\tNULL"], await scene.RunAsync(
            "SELECT res_version, delete_time, evicted_time FROM gadget", Token));
        Assert.Equal(["0"], await scene.RunAsync("SELECT COUNT(*) FROM sync_errors", Token));
        Assert.Equal([WriteOutcome.Written], await second.WriteAsync(Token, some with { Version = 101 }));
        Assert.Equal(
            ["1\t2\tpod-2\t2026-11-30 12:00:00.123456"], await scene.RunAsync("SELECT * FROM sync_leader", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_term_begins_when_the_transactions_of_the_one_before_have_ended(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var first = await scene.LeadAsync("pod-1", Token);
        await using var session = await scene.Server.OpenAsync(SessionUse.Sharing, Token);
        Task<Term>? next = null;

        await session.InTransactionAsync(
            async token =>
            {
                await first.Term.Fence.CheckAsync(session, token);
                next = new Leadership(scene.Database).TakeAsync("pod-2", token);
                await scene.SeeAsync("INSERT INTO sync_leader", token);
                Assert.False(next.IsCompleted);
            },
            Token);

        Assert.Equal(2, (await (next ?? throw new InvalidOperationException())).Number);
    }
}
