using System.Collections.Concurrent;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>
/// The program itself, a real API server and a real database: after any sequence of changes, kills and outages the rows
/// equal the objects, evicted rows those that were marked, nothing is resurrected, and nothing is lost.
/// </summary>
[Collection(RealDatabases.Collection)]
public sealed class SyncPropertyTests(RealCluster cluster, RealDatabases databases) : IClassFixture<RealCluster>
{
    private const int Workers = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_rows_are_those_of_the_model_after_any_sequence(ServerKind kind)
    {
        IEnumerable<int> seeds = RealParts.SyncSeed is { } seed
            ? [seed] : Enumerable.Range(0, RealParts.SyncSequences).Select(_ => Random.Shared.Next());
        var queue = new ConcurrentQueue<int>(seeds);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Workers, queue.Count)).Select(_ => WorkAsync(kind, queue)));
    }

    private async Task WorkAsync(ServerKind kind, ConcurrentQueue<int> seeds)
    {
        await using var scene = await SyncScene.StartAsync(cluster, databases[kind], hasPlatform: false, Token);
        while (seeds.TryDequeue(out var seed))
            try
            {
                await new SyncSequence(scene, seed).RunAsync(Token);
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed} (TRACEBLOC_TEST_SYNC_SEED): {wrong.Message}", wrong);
            }
    }
}
