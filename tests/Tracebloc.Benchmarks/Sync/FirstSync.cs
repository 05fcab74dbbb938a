using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>The first sync, the same rows by plain statements, and the list that it cannot be faster than.</summary>
internal sealed class FirstSync(SyncStage stage, SyncSize size)
{
    /// <summary>The database that holds the rows afterwards.</summary>
    public const string Database = "sync_benchmark";

    private const string Plain = "sync_benchmark_plain";

    private const int Connections = 2;

    public async Task<Race> RunAsync(Rounds rounds, CancellationToken token)
    {
        var inserts = PlainInserts.Of(stage.Kind, await ReadAsync(token));
        return await Turns.RaceAsync(
            [
                (SyncScenario.Product, SyncAsync),
                (SyncScenario.Insert, current => InsertAsync(inserts, current)),
                (SyncScenario.ApiList, ListAsync),
            ],
            rounds,
            token);
    }

    /// <summary>A sync into an empty database.</summary>
    public async Task<Measurement> SyncAsync(CancellationToken token)
    {
        await stage.MakeDatabaseAsync(Database, token);
        await using var run = await stage.StartAsync(Database, token);
        await run.WrittenAsync(size.Objects, token);
        return run.Measurement;
    }

    private async Task<Measurement> InsertAsync(PlainInserts inserts, CancellationToken token)
    {
        await stage.MakeDatabaseAsync(Plain, token);
        return await inserts.RunAsync(stage.OptionsOf(Plain), Connections, token);
    }

    private async Task<Measurement> ListAsync(CancellationToken token)
    {
        var since = Stopwatch.GetTimestamp();
        await stage.Api.ListAsync(_ => { }, token);
        return new Measurement(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 0, 0);
    }

    private async Task<IReadOnlyList<SyncedObject>> ReadAsync(CancellationToken token)
    {
        var (reader, objects) = (new ObjectReader(stage.Kind), new List<SyncedObject>(size.Objects));
        await stage.Api.ListAsync(
            page =>
            {
                using var list = JsonDocument.Parse(page);
                foreach (var item in list.RootElement.GetProperty("items").EnumerateArray())
                    objects.Add(reader.TryRead(Encoding.UTF8.GetBytes(item.GetRawText()), out var read, out var fault)
                        ? read : throw new FormatException(fault.Message));
            },
            token);
        return objects;
    }
}
