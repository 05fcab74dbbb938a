using System.Diagnostics;
using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>
/// Two hundred changes a second, of all sorts, while replicas are killed and connections are cut; then all objects are
/// compared with their rows.
/// </summary>
internal sealed class WeekLoad(SyncStage stage, SyncSize size)
{
    private const int MostCalls = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5), BetweenFaults = TimeSpan.FromSeconds(5),
        Away = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(1);
    private readonly List<SyncProcess> _replicas = [];
    private int _changes, _faults, _made;

    public async Task<SyncFindings> RunAsync(string database, CancellationToken token)
    {
        var cluster = stage.Cluster ?? throw new InvalidOperationException("There is no cluster.");
        await using var api = new Relay(cluster.Server.Port);
        await using var mySql = new Relay(stage.MySql.Port);
        await stage.ReachAsync(
            cluster with { Server = new UriBuilder(cluster.Server) { Port = api.Port }.Uri }, mySql.Port, token);
        var since = Stopwatch.GetTimestamp();
        try
        {
            for (var replica = 0; replica < 2; replica++) _replicas.Add(await stage.StartAsync(database, token));
            await AnySettledAsync(token);
            await Task.WhenAll(ChangeAsync(token), FailAsync(database, api, mySql, token));
            await AnySettledAsync(token);
            return Findings(since, await stage.VerifyAsync(database, token));
        }
        finally
        {
            foreach (var replica in _replicas) await replica.DisposeAsync();
            stage.ReachDirectly();
        }
    }

    private SyncFindings Findings(long since, int differences) => new(
        new Race(
        [
            new Measured(
                SyncScenario.Product,
                [.. _replicas.Select(each => each.Measurement with
                {
                    WallMs = Stopwatch.GetElapsedTime(since).TotalMilliseconds,
                })]),
        ]),
        new Dictionary<string, double>
        {
            [SyncScenario.Objects] = size.Objects,
            ["changes"] = _changes,
            ["faults"] = _faults,
            [SyncScenario.Differences] = differences,
        });

    // One of them leads; the other one follows nothing.
    private async Task AnySettledAsync(CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        await await Task.WhenAny(_replicas.Select(each => each.SettledAsync(stop.Token)));
        await stop.CancelAsync();
    }

    private async Task ChangeAsync(CancellationToken token)
    {
        using var ticks = new PeriodicTimer(Interval, TimeProvider.System);
        using var room = new SemaphoreSlim(MostCalls);
        var (calls, since) = (new List<Task>(), Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(since) < size.Load; _changes++)
        {
            await room.WaitAsync(token);
            calls.Add(ReleaseAfterAsync(Change(token), room));
            await ticks.WaitForNextTickAsync(token);
        }

        await Task.WhenAll(calls);
    }

    private static async Task ReleaseAfterAsync(Task call, SemaphoreSlim room)
    {
        await call;
        room.Release();
    }

    private Task Change(CancellationToken token)
    {
        var name = SampleObject.NameOf(_random.Next(size.Objects + _made));
        return _random.Next(100) switch
        {
            < 60 => stage.Api.PatchAsync(name, Patch("spec", "revisionId", _random.Next()), token),
            < 75 => stage.Api.PatchAsync(name, InMetadata("labels", "team", $"team-{_random.Next(200)}"), token),
            < 85 => stage.Api.CreateAsync(
                SampleObject.Make(stage.Kind, stage.Namespace, size.Objects + _made++, Guid.Empty, isHeld: false),
                token),
            < 93 => stage.Api.DeleteAsync(name, token),
            < 96 => stage.Api.PatchAsync(name, InMetadata("annotations", Marks.Deleting, Marks.True), token),
            _ => stage.Api.PatchAsync(name, InMetadata("annotations", Marks.Immutable, Marks.True), token),
        };
    }

    private static JsonObject Patch(string part, string member, JsonNode value) =>
        new() { [part] = new JsonObject { [member] = value } };

    private static JsonObject InMetadata(string part, string key, string value) =>
        Patch("metadata", part, new JsonObject { [key] = value });

    private async Task FailAsync(string database, Relay api, Relay mySql, CancellationToken token)
    {
        using var ticks = new PeriodicTimer(BetweenFaults, TimeProvider.System);
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < size.Load; _faults++)
        {
            await ticks.WaitForNextTickAsync(token);
            if (_faults % 3 == 0) await KillAsync(_faults / 3 % 2, database, token);
            else await (_faults % 3 == 1 ? api : mySql).CutAsync(Away, token);
        }
    }

    private async Task KillAsync(int replica, string database, CancellationToken token)
    {
        await _replicas[replica].KillAsync();
        await _replicas[replica].DisposeAsync();
        _replicas[replica] = await stage.StartAsync(database, token);
    }
}
