using System.Globalization;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>A start of the program on rows that are as they should be, and the writes that the server counts.</summary>
internal sealed class Restart(SyncStage stage)
{
    public async Task<(Race Race, double Writes)> RunAsync(string database, Rounds rounds, CancellationToken token)
    {
        var before = await WritesAsync(database, token);
        var race = await Turns.RaceAsync(
            [
                (SyncScenario.Product, async current =>
                {
                    await using var run = await stage.StartAsync(database, current);
                    await run.SettledAsync(current);
                    return run.Measurement;
                }),
            ],
            rounds,
            token);
        return (race, await WritesAsync(database, token) - before);
    }

    private async Task<double> WritesAsync(string database, CancellationToken token)
    {
        Kind kind = stage.Kind;
        var lines = await stage.MySql.RunAsync(
            "SELECT IFNULL(SUM(COUNT_WRITE), 0) FROM performance_schema.table_io_waits_summary_by_table "
            + $"WHERE OBJECT_SCHEMA = '{database}' "
            + $"AND OBJECT_NAME IN ('{kind.Table}', '{kind.LabelsTable}', '{kind.AnnotationsTable}')",
            token);
        return double.Parse(lines[0], CultureInfo.InvariantCulture);
    }
}
