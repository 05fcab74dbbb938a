using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Any sequence of changes, by two leaders in turn, leaves the tables as a simple model has them.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreModelTests(RealDatabases databases)
{
    private const int Sequences = 6, Steps = 40, StepsPerLook = 8, Uids = 5, Versions = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_tables_equal_the_model_after_any_changes(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var seed = Random.Shared.Next();
            await scene.RunAsync(
                "DELETE FROM gadget; DELETE FROM gadget_labels; DELETE FROM gadget_annotations", Token);
            try
            {
                await RunAsync(scene, new Random(seed));
            }
            catch (Exception wrong)
            {
                throw new InvalidOperationException($"Seed {seed}: {wrong.Message}", wrong);
            }
        }
    }

    private static async Task RunAsync(StoreScene scene, Random random)
    {
        var model = new StoreModel();
        StoreLeader? former = null;
        var leader = await scene.LeadAsync("pod-0", Token);
        for (var step = 1; step <= Steps; step++)
        {
            switch (random.Next(10))
            {
                case 0:
                    (former, leader) = (leader, await scene.LeadAsync($"pod-{step}", Token));
                    break;
                case 1 when former is not null:
                    await Assert.ThrowsAsync<FenceException>(() => StepAsync(former, random, new StoreModel()));
                    break;
                default:
                    await StepAsync(leader, random, model);
                    break;
            }

            if (step % StepsPerLook == 0) await CompareAsync(scene, model);
        }
    }

    private static async Task StepAsync(StoreLeader leader, Random random, StoreModel model)
    {
        if (random.Next(4) == 0)
        {
            var deletions = Enumerable.Range(0, random.Next(1, Uids)).Select(
                _ => new RowDeletion(Uid(random), (ulong)random.Next(Versions)) { KeepsNewer = random.Next(2) == 0 })
                .DistinctBy(each => each.Uid).ToArray();
            await leader.DeleteAsync(Token, deletions);
            foreach (var deletion in deletions) model.Delete(deletion);
            return;
        }

        var mode = random.Next(5) == 0 ? WriteMode.Restored : WriteMode.Newer;
        var writes = Enumerable.Range(0, random.Next(1, 2 * Uids))
            .Select(_ => (Some: Some(random), Evicts: random.Next(4) == 0)).ToList();
        await leader.Writer.WriteAsync(
            [.. writes.Select(each => new RowWrite(each.Some.Read(), each.Evicts))], mode, Token);
        foreach (var (some, evicts) in writes) model.Write(some, evicts, mode);
    }

    private static async Task CompareAsync(StoreScene scene, StoreModel model)
    {
        const string state = "CASE WHEN delete_time IS NOT NULL THEN IF(evicted_time IS NULL, 'deleted', 'both') "
            + "WHEN evicted_time IS NOT NULL THEN 'evicted' ELSE 'live' END";
        Assert.Equal(model.Rows, await scene.RunAsync(
            $"SELECT uid, res_version, {state}, name, JSON_UNQUOTE(JSON_EXTRACT(json, '$.metadata.resourceVersion')), "
            + "JSON_CONTAINS_PATH(json, 'one', '$.metadata.finalizers') FROM gadget ORDER BY uid",
            Token));
        Assert.Equal(
            model.Entries(some => some.Labels),
            (await scene.RunAsync("SELECT obj_uid, `key`, `value` FROM gadget_labels", Token))
            .Order(StringComparer.Ordinal));
        Assert.Equal(
            model.Entries(some => some.Annotations),
            (await scene.RunAsync("SELECT obj_uid, `key`, `value` FROM gadget_annotations", Token))
            .Order(StringComparer.Ordinal));
    }

    private static SomeObject Some(Random random) => new()
    {
        Uid = Uid(random),
        Version = (ulong)random.Next(1, Versions),
        Name = string.Create(CultureInfo.InvariantCulture, $"name-{random.Next(1000)}"),
        IsDeleting = random.Next(4) == 0,
        Labels = Entries(random, "a", "A", "b"),
        Annotations = Entries(random, "x", "y", Marks.Immutable),
    };

    private static Dictionary<string, string> Entries(Random random, params string[] keys) => keys
        .Where(_ => random.Next(2) == 0)
        .ToDictionary(key => key, key => key == Marks.Immutable ? Marks.True : $"v{random.Next(3)}");

    private static string Uid(Random random) => $"uid-{random.Next(Uids)}";
}
