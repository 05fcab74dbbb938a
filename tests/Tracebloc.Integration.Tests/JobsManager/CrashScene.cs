using System.Net.Sockets;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>
/// The published <c>jobs-manager serve</c> behind proxies, which is killed at a call to the API server or to the
/// database while it starts and accepts a submission, and is started again.
/// </summary>
internal sealed class CrashScene : IAsyncDisposable
{
    private const int Killed = 137;

    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly CallCounter _calls = new();
    private readonly RealCluster _cluster;
    private CountingProxy? _api;
    private MySqlProxy? _database;
    private ServeScene? _serve;

    private CrashScene(RealCluster cluster) => _cluster = cluster;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ServeScene Serve => _serve ?? throw new InvalidOperationException("The scene has not been set.");

    public static async Task<CrashScene> StartAsync(RealCluster cluster, RealDatabase database)
    {
        RealParts.SkipWithout(RealParts.PublishedJobsManager, RealParts.Cluster);
        var scene = new CrashScene(cluster);
        var server = await cluster.ServerAsync(Cancelled);
        scene._api = await CountingProxy.StartAsync(
            server.Address, server.Authorities, scene._certificates, scene._calls, Cancelled);
        scene._database = MySqlProxy.Start(database.Port, scene._calls);
        var route = new ServeRoute(scene._api.Address, scene._certificates.AuthorityPem, scene._database.Port);
        scene._serve = await ServeScene.ArrangeAsync(cluster, database, route, Cancelled);
        return scene;
    }

    /// <summary>The calls of a start and a submission that nothing disturbs.</summary>
    public async Task<int> CountAsync()
    {
        var key = await BeginAsync();
        Assert.Equal(201, await SubmitAsync(Serve.Launch(), key));
        var count = _calls.Count;
        await AssertOneRunAsync(key);
        await EndAsync(key);
        return count;
    }

    /// <summary>Kills the program at a call, starts it again, and sends the same submission again: one run.</summary>
    /// <param name="isHere">True for the call.</param>
    /// <param name="isAfter">True: the call was carried out, and the program has not seen its answer.</param>
    /// <returns>The call; null where the program has not made it.</returns>
    public async Task<string?> KillAtAsync(Func<ProxiedCall, bool> isHere, bool isAfter)
    {
        var key = await BeginAsync();
        var killed = await RunIntoAsync(key, isHere, isAfter);
        var again = await SubmitAsync(Serve.Launch(), key);
        Assert.True(again is 200 or 201, $"{killed}: {again}");
        await AssertOneRunAsync(key);
        await EndAsync(key);
        return killed;
    }

    public async ValueTask DisposeAsync()
    {
        if (_serve is not null) await _serve.DisposeAsync();
        if (_api is not null) await _api.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _certificates.Dispose();
    }

    // A database of its own for each kill: the start makes the run table.
    private async Task<string> BeginAsync()
    {
        await Serve.ChangeDatabaseAsync(Cancelled);
        _calls.Reset();
        return $"run-{Guid.NewGuid():n}";
    }

    private async Task<string?> RunIntoAsync(string key, Func<ProxiedCall, bool> isHere, bool isAfter)
    {
        string? killed = null;
        var launched = new TaskCompletionSource<ChildProgram>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isAfter) _calls.AfterAsync = DieAsync;
        else _calls.BeforeAsync = DieAsync;
        var program = Serve.Launch();
        launched.SetResult(program);
        // A call of a watch or of a probe may have come earlier in the run that was counted: more of them follow.
        using (var bound = new Bound(Bound.OfWaits, Cancelled))
            await bound.KeepAsync(
                async token =>
                {
                    while (Volatile.Read(ref killed) is null && !program.Result.IsCompleted)
                    {
                        token.ThrowIfCancellationRequested();
                        await SubmitAsync(program, key);
                    }

                    return true;
                },
                () => $"{_calls.Count} calls, and none of them is the one");
        _calls.Reset();
        await program.KillAsync();
        (await program.Result).AssertExit(Killed);
        return killed;

        async Task DieAsync(ProxiedCall call)
        {
            if (!isHere(call) || Interlocked.CompareExchange(ref killed, $"{call}", null) is not null) return;
            await (await launched.Task).KillAsync();
            throw new IOException("the program is dead, and the call is not passed on");
        }
    }

    /// <summary>Submits as a client does, with the same key until it is answered.</summary>
    /// <returns>The status; null where the program has ended before.</returns>
    private async Task<int?> SubmitAsync(ChildProgram program, string key)
    {
        const int away = 503;
        using var bound = new Bound(Bound.OfWaits, Cancelled);
        var (end, last) = (program.Result, "no answer");
        return await bound.KeepAsync<int?>(
            async token =>
            {
                while (!end.IsCompleted)
                    try
                    {
                        var (status, body) = await Serve.SubmitAsync(key, token);
                        if (status != away) return status;
                        last = $"{body}";
                    }
                    catch (Exception lost) when (lost is HttpRequestException or IOException or SocketException)
                    {
                        last = lost.Message; // It does not listen yet, or was killed.
                    }

                return null;
            },
            () => last);
    }

    /// <summary>One row, and once the follower has made them, one Job, one ConfigMap and one Secret.</summary>
    private async Task AssertOneRunAsync(string key)
    {
        using var bound = new Bound(Bound.OfWaits, Cancelled);
        IReadOnlyList<string> seen = [];
        await bound.KeepAsync(
            async token =>
            {
                while (seen.Count < ServeScene.NamesOf(key).Count) seen = await Serve.ObjectsOfAsync(key, token);
                return seen;
            },
            () => $"run {key} has {string.Join(", ", seen)}");
        Assert.Equal(ServeScene.NamesOf(key), seen);
        Assert.Equal([$"{key}\taccepted"], await Serve.QueryAsync(
            "SELECT run_key, state FROM ingestion_runs", Cancelled));
    }

    // Nothing is left to count for the next kill.
    private async Task EndAsync(string key)
    {
        await Serve.KillAsync();
        await _cluster.KubectlAsync(
            ["delete", "jobs,configmaps,secrets", $"--selector=tracebloc.io/ingestion-run={key}", "--wait=false"],
            Cancelled);
    }
}
