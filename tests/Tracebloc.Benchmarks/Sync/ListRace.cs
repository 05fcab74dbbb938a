using Tracebloc.Benchmarks.Submit;
using Tracebloc.Database;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>Lists of 500 objects by label: those of the program, of its database and of the API server.</summary>
internal sealed class ListRace(SyncStage stage, SyncSize size)
{
    private const int Limit = 500;

    // The database compacts and writes for a while after the rows have come.
    private const int WarmUps = 10;

    /// <summary>Against the same list by SQL.</summary>
    public async Task<Race> OfRowsAsync(string database, CancellationToken token)
    {
        await using var serve = await stage.ServeAsync(database, token);
        var server = await DatabaseServer.WaitAsync(
            stage.OptionsOf(database), TimeSpan.FromSeconds(30), TimeProvider.System, logger: null, token);
        await using var session = await server.OpenAsync(SessionUse.Sharing, token);
        return await Stopwatches.RaceAsync(
            [
                .. SyncLabel.All.SelectMany(label => new[]
                {
                    (label.Of(SyncScenario.Serve), Served(serve, label)),
                    (label.Of(SyncScenario.Database), current => SelectAsync(session, label, current)),
                }),
            ],
            new Rounds(size.Lists, WarmUps),
            token);
    }

    /// <summary>Against the API server's list from etcd.</summary>
    public async Task<Race> OfEtcdAsync(string database, Rounds rounds, CancellationToken token)
    {
        await using var serve = await stage.ServeAsync(database, token);
        return await Stopwatches.RaceAsync(
            [
                .. SyncLabel.All.SelectMany(label => new[]
                {
                    (label.Of(SyncScenario.Serve), Served(serve, label)),
                    (label.Of(SyncScenario.ApiServer), async current =>
                    {
                        await stage.Api.ListAsync(Selector(label), Limit, current);
                    }),
                }),
            ],
            rounds,
            token);
    }

    private Func<CancellationToken, Task> Served(ServerProcess serve, SyncLabel label)
    {
        var client = new ApiClient(serve.Client, stage.Kind, stage.Namespace);
        return token => client.ListAsync(Selector(label), Limit, token);
    }

    // The statement that is fastest by hand: few objects are found by their labels, many by a walk in their order.
    private async Task SelectAsync(DatabaseSession session, SyncLabel label, CancellationToken token)
    {
        var (table, labels) = (SqlName.Quote(stage.Kind.Table), SqlName.Quote(stage.Kind.LabelsTable));
        var has = label == SyncLabel.Rare
            ? $"o.uid IN (SELECT obj_uid FROM {labels} WHERE `key` = ? AND `value` = ?)"
            : $"(SELECT COUNT(*) FROM {labels} l WHERE l.obj_uid = o.uid AND l.`key` = ? AND l.`value` = ?) > 0";
        var rows = await session.QueryAsync(
            new SqlStatement(
                $"SELECT CAST(b.json AS BINARY) FROM (SELECT o.uid, o.name FROM {table} o "
                + $"WHERE o.namespace = ? AND o.delete_time IS NULL AND {has} ORDER BY o.name, o.uid LIMIT {Limit}) p "
                + $"JOIN {table} b ON b.uid = p.uid ORDER BY p.name, p.uid",
                stage.Namespace, label.Key, label.ValueOf(0)),
            row => row.BytesOrNull(0),
            token);
        if (rows.Count == 0) throw new InvalidOperationException($"no row has {Selector(label)}");
    }

    private static string Selector(SyncLabel label) => $"{label.Key}={label.ValueOf(0)}";
}
