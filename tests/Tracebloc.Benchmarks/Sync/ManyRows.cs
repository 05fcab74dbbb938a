using System.Text;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>The rows of many objects, which no cluster has to hold.</summary>
internal sealed class ManyRows(SyncStage stage, SyncSize size)
{
    public const string Database = "sync_benchmark_rows";

    private const int AtOnce = 10_000;

    // Coprime to the numbers of rows: names are in another order than uids, as they are in life.
    private const long Step = 618_033;

    public async Task MakeAsync(CancellationToken token)
    {
        await stage.MakeDatabaseAsync(Database, token);
        var random = new Random(1);
        // In their order the server adds them at the end of its table, which takes a fraction of the time.
        var uids = Enumerable.Range(0, size.Rows).Select(_ => MakeUid(random)).Order().ToArray();
        foreach (var places in Enumerable.Range(0, size.Rows).Chunk(AtOnce))
            await PlainInserts.Of(stage.Kind, places.Select(place => Make(place, uids[place])))
                .RunAsync(stage.OptionsOf(Database), connections: 1, token);
        await stage.MySql.RunAsync(
            $"ANALYZE TABLE {Database}.{stage.Kind.Table}, {Database}.{stage.Kind.LabelsTable}", token);
    }

    private SyncedObject Make(int place, Guid uid)
    {
        var made = SampleObject.Make(stage.Kind, stage.Namespace, (int)(place * Step % size.Rows), uid, isHeld: true);
        if (made["metadata"] is { } metadata) metadata["resourceVersion"] = $"{place + 1}";
        return new ObjectReader(stage.Kind).TryRead(
            Encoding.UTF8.GetBytes(made.ToJsonString()), out var read, out var fault)
            ? read : throw new FormatException(fault.Message);
    }

    private static Guid MakeUid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
