using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The proxy that kills programs sees every call; a chunk that it breaks leaves nothing.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ProxyTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_chunk_that_is_cut_at_any_call_is_loaded_whole_or_not_at_all(ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a TEXT", Token);
        var counter = new CallCounter();
        await using var proxy = MySqlProxy.Start(databases[kind].Port, counter);
        var through = scene.Server.Options with { Port = proxy.Port, CaFile = null };
        var server = await RealDatabase.OpenAsync(through, Token);
        counter.Reset();
        Assert.True((await LoadAsync(scene, server)).IsAccepted);
        var calls = counter.Count;
        Assert.True(calls >= (method == LoadMethod.LocalInfile ? 8 : 7), $"{calls} calls");
        Assert.Contains(proxy.Calls, call => call.Target == "COMMIT");

        for (var cut = 1; cut <= calls; cut++)
            foreach (var isAfter in (bool[])[false, true])
            {
                await scene.RunAsync("TRUNCATE t", Token);
                counter.Reset();
                Func<ProxiedCall, Task> act = call =>
                    call.Number == cut ? throw new IOException("cut") : Task.CompletedTask;
                if (isAfter) counter.AfterAsync = act;
                else counter.BeforeAsync = act;

                await Assert.ThrowsAnyAsync<DatabaseException>(() => LoadAsync(scene, server));

                var last = proxy.Calls[^1].Target == "COMMIT" && isAfter;
                Assert.Equal(last ? ["3"] : ["0"], await scene.RunAsync("SELECT COUNT(*) FROM t", Token));
            }
    }

    private static async Task<ChunkVerdict> LoadAsync(LoadingScene scene, DatabaseServer server)
    {
        using var chunk = LoadingScene.Chunk("x", "y", "z");
        return await scene.LoadAsync(chunk, Token, server);
    }
}
