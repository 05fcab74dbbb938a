using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Tracebloc.Database;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>
/// A hundred changes a second, and the time of each from the API server's answer until another connection sees it in
/// its row, which is asked for every few milliseconds: the time in question and a little more.
/// </summary>
internal sealed class LagRace(SyncStage stage, SyncSize size)
{
    private const int Step = 7919;

    // Commits of two workers may change places.
    private const ulong Overlap = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10), Look = TimeSpan.FromMilliseconds(2),
        Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<ulong, long> _changed = [];
    private readonly ConcurrentDictionary<ulong, long> _seen = [];

    private string Table => SqlName.Quote(stage.Kind.Table);

    public async Task<Race> RunAsync(string database, CancellationToken token)
    {
        await using var run = await stage.StartAsync(database, token);
        await run.SettledAsync(token);
        var server = await DatabaseServer.WaitAsync(
            stage.OptionsOf(database), Limit, TimeProvider.System, logger: null, token);
        await using var session = await server.OpenAsync(SessionUse.Sharing, token);
        var start = await session.FindAsync(
            new SqlStatement($"SELECT MAX(res_version) FROM {Table}"), row => row.Unsigned(0), token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var looking = Task.Run(() => LookAsync(session, start, stop.Token), token);
        await ChangeAsync(token);
        var (measured, product) = (await MeasureAsync(token), run.Measurement);
        await stop.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new Race([new Measured(SyncScenario.Lags, measured), new Measured(SyncScenario.Product, [product])]);
    }

    private async Task ChangeAsync(CancellationToken token)
    {
        using var ticks = new PeriodicTimer(Interval, TimeProvider.System);
        var (calls, since) = (new List<Task>(), Stopwatch.GetTimestamp());
        for (var count = 1; Stopwatch.GetElapsedTime(since) < size.Changes; count++)
        {
            calls.Add(ChangeAsync(count, token));
            await ticks.WaitForNextTickAsync(token);
        }

        await Task.WhenAll(calls);
    }

    private async Task ChangeAsync(int count, CancellationToken token)
    {
        var patch = new JsonObject { ["spec"] = new JsonObject { ["revisionId"] = count } };
        var place = (int)((long)count * Step % size.Objects);
        var changed = await stage.Api.PatchAsync(SampleObject.NameOf(place), patch, token);
        var at = Stopwatch.GetTimestamp();
        if ((string?)changed?["metadata"]?["resourceVersion"] is { } version)
            _changed[ulong.Parse(version, CultureInfo.InvariantCulture)] = at;
    }

    private async Task LookAsync(DatabaseSession session, ulong start, CancellationToken token)
    {
        var highest = start;
        using var ticks = new PeriodicTimer(Look, TimeProvider.System);
        while (await ticks.WaitForNextTickAsync(token))
        {
            var rows = await session.QueryAsync(
                // Not below the start: etcd gives all objects of one transaction one version.
                new SqlStatement(
                    $"SELECT res_version FROM {Table} WHERE res_version > ?", Math.Max(start, highest - Overlap)),
                row => row.Unsigned(0),
                token);
            var at = Stopwatch.GetTimestamp();
            foreach (var version in rows)
            {
                _seen.TryAdd(version, at);
                highest = Math.Max(highest, version);
            }
        }
    }

    private async Task<IReadOnlyList<Measurement>> MeasureAsync(CancellationToken token)
    {
        using var ticks = new PeriodicTimer(Look, TimeProvider.System);
        for (var since = Stopwatch.GetTimestamp(); !_changed.Keys.All(_seen.ContainsKey);)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new InvalidOperationException(
                    $"{_changed.Keys.Count(each => !_seen.ContainsKey(each))} changes are in no row");
            await ticks.WaitForNextTickAsync(token);
        }

        return
        [
            .. from change in _changed
               let lag = Stopwatch.GetElapsedTime(change.Value, _seen[change.Key]).TotalMilliseconds
               select new Measurement(Math.Max(lag, 0.001), 0, 0),
        ];
    }
}
