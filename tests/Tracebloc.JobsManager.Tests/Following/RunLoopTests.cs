using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Following;

/// <summary>The loop: its signals, its pauses and its outages.</summary>
public sealed class RunLoopTests : IAsyncLifetime
{
    private static readonly IngestionRun Run = Some.Run();
    private static readonly TimeSpan Resync = new Deadlines().Resync;

    private readonly RunScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _scene.StartAsync(Token);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_new_run_is_looked_at_without_a_resync()
    {
        using var follower = await StartedAsync();
        await _scene.AddAsync(Run, Token);

        follower.Look(Run.Key);

        await CallAsync("create", "secrets");
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task The_end_of_a_Job_is_seen_without_a_resync()
    {
        await _scene.AddAsync(Run, Token);
        using var follower = await StartedAsync();
        await CallAsync("create", "secrets");
        await _scene.Api.WaitForCallAsync(call => call is { Verb: "watch", Status: 200 }, Token);

        _scene.EndPod(0);

        await CallAsync("create", "events");
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task What_a_cancelled_run_wrote_is_removed_as_soon_as_its_last_pod_has_gone()
    {
        await _scene.AddAsync(Run, Token);
        var made = await _scene.ResyncAsync(Run, Token);
        _scene.OutlivePod();
        using var follower = await StartedAsync();
        await WatchesAsync();
        await _scene.Store.TryChangeAsync(made, RunChanges.Cancelled(made, Some.Time), Token);
        follower.Look(Run.Key);
        await CallAsync("delete", "jobs");
        await IdleAsync();
        Assert.Empty(_scene.Api.List("jobs"));

        _scene.Api.Delete($"pod/{Assert.Single(_scene.Pods(Run.JobName))}");

        await _scene.Api.WaitForCallAsync(
            call => call is { Verb: "create", Resource: "jobs", Status: 201 } && call.Body.Contains(Run.UndoJobName),
            Token);
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task Every_open_run_is_looked_at_when_the_time_has_come()
    {
        using var follower = await StartedAsync();
        await _scene.AddAsync(Run, Token);

        _scene.Time.Advance(Resync);

        await CallAsync("create", "secrets");
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task An_absent_API_server_is_logged_once_and_tried_until_it_answers()
    {
        await _scene.AddAsync(Run, Token);
        _scene.Api.Fail(call => call.Resource is "jobs" && call.Verb is "get", FakeFault.Status(503), times: 3);
        using var follower = _scene.NewFollower();
        await follower.StartAsync(Token);

        foreach (var pause in (int[])[1, 2, 4])
        {
            await _scene.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(pause), Token);
            _scene.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        await CallAsync("create", "secrets");
        await IdleAsync();
        Assert.Single(_scene.Log.Lines, line => line.Contains("Following the runs waits"));
        Assert.Single(_scene.Log.Lines, line => line.Contains("Following the runs goes on"));
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task An_absent_database_is_logged_once_and_tried_until_it_answers()
    {
        await _scene.AddAsync(Run, Token);
        _scene.Table.IsAway = true;
        using var follower = _scene.NewFollower();
        await follower.StartAsync(Token);
        await _scene.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Token);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await _scene.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Token);

        _scene.Table.IsAway = false;
        _scene.Time.Advance(TimeSpan.FromSeconds(2));

        await CallAsync("create", "secrets");
        Assert.Single(_scene.Log.Lines, line => line.Contains("Following the runs waits"));
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task A_watch_that_is_refused_is_logged_once_and_the_resync_does_its_work()
    {
        _scene.Api.Deny("list", "jobs");
        using var follower = await StartedAsync();
        await _scene.AddAsync(Run, Token);

        _scene.Time.Advance(Resync);

        await CallAsync("create", "secrets");
        Assert.Single(_scene.Log.Lines, line => line.Contains("Watching the Jobs of runs waits"));
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task Pods_that_may_not_be_watched_are_looked_at_by_the_resync()
    {
        _scene.Api.Deny("watch", "pods");
        using var follower = await StartedAsync();
        await _scene.AddAsync(Run, Token);

        _scene.Time.Advance(Resync);

        await CallAsync("create", "secrets");
        Assert.Single(_scene.Log.Lines, line => line.Contains("Watching the pods of runs waits"));
        await follower.StopAsync(Token);
    }

    [Fact]
    public async Task A_watch_whose_history_is_gone_begins_anew()
    {
        using var follower = await StartedAsync();
        await _scene.Api.WaitForCallAsync(call => call is { Verb: "watch", Status: 200 }, Token);
        _scene.Api.ClearCalls();

        _scene.Api.ForgetHistory();
        _scene.Api.EndWatches();

        await CallAsync("list", "jobs");
        await follower.StopAsync(Token);
    }

    private async Task WatchesAsync()
    {
        foreach (var resource in (string[])["jobs", "pods"])
            await _scene.Api.WaitForCallAsync(
                call => call.Verb == "watch" && call.Resource == resource && call.Status == 200, Token);
    }

    private async Task<RunFollower> StartedAsync()
    {
        var follower = _scene.NewFollower();
        await follower.StartAsync(Token);
        await IdleAsync();
        return follower;
    }

    // The pause until the next resync is the only one of its length.
    private Task<TimeSpan> IdleAsync() => _scene.Time.WaitForTimerAsync(left => left == Resync, Token);

    private Task<FakeCall> CallAsync(string verb, string resource) => _scene.Api.WaitForCallAsync(
        call => call.Verb == verb && call.Resource == resource && call.Status is >= 200 and < 300, Token);
}
