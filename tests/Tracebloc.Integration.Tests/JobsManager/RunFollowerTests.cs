using Tracebloc.Database;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>Runs from their rows to their ends, on a real API server and a real database.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunFollowerTests(RealDatabases databases, RealCluster cluster) : IClassFixture<RealCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_succeeds_is_made_once_and_leaves_its_summary_and_an_Event()
    {
        using var servers = await StartAsync();
        var pods = await PodsAsync();
        var run = await servers.AddAsync("succeeds", Token);

        var made = await servers.ResyncAsync(run, Token);
        Assert.NotNull(made.JobUid);
        await servers.ResyncAsync(run, Token);
        await pods.EndAsync(run.JobName, 0, new RunEnd { Summary = """{"inserted_records":5}""" }.Json(), Token);
        var ended = await servers.UntilAsync(run, each => each.IsOver, Token);

        Assert.Equal((RunState.Succeeded, """{"inserted_records":5}"""), (ended.State, ended.Summary));
        var news = await cluster.KubectlAsync(
            [
                "get", "events.events.k8s.io",
                "--output=jsonpath={range .items[*]}{.reason} {.regarding.name}{'\\n'}{end}",
            ],
            Token);
        Assert.Contains($"IngestionSucceeded {run.JobName}", news);
    }

    [Fact]
    public async Task A_final_failure_ends_the_Job_and_keeps_it()
    {
        using var servers = await StartAsync();
        var pods = await PodsAsync();
        var run = await servers.AddAsync("fails", Token);
        await servers.ResyncAsync(run, Token);

        var end = new RunEnd { Error = "wrong data", ExitCode = 1, IsFinal = true, IsUndone = true };
        await pods.EndAsync(run.JobName, 1, end.Json(), Token);
        var ended = await servers.UntilAsync(run, each => each.IsOver, Token);

        // Kubernetes 1.20 makes a second pod at once, and a run of which a pod was deleted is taken back.
        Assert.Equal((RunState.Failed, "wrong data"), (ended.State, ended.Error));
        Assert.Equal(
            "0 Failed",
            await cluster.KubectlAsync(
                ["get", "job", run.JobName, "--output=jsonpath={.spec.backoffLimit} {.status.conditions[-1:].type}"],
                Token));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_nothing_but_the_Job_that_removed_what_it_wrote()
    {
        using var servers = await StartAsync();
        var pods = await PodsAsync();
        var run = await servers.AddAsync("cancelled", Token);
        var made = await servers.ResyncAsync(run, Token);
        await pods.PodAsync(run.JobName, Token);

        Assert.True(await servers.Store.TryChangeAsync(made, RunChanges.Cancelled(made, StoredRuns.Time), Token));
        await servers.UntilAsync(run, _ => ExistsAsync("job", run.UndoJobName), Token);
        await pods.EndAsync(run.UndoJobName, 0, "", Token);
        var ended = await servers.UntilAsync(run, each => each.Undo == UndoState.Done, Token);

        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.False(await ExistsAsync("job", run.JobName));
    }

    [Fact]
    public async Task Objects_are_adopted_and_an_object_of_another_owner_is_not()
    {
        using var servers = await StartAsync();
        var run = await servers.AddAsync("adopted", Token);

        var uid = await servers.Objects.EnsureAsync(run, Token);
        Assert.Equal(uid, await servers.Objects.EnsureAsync(run, Token));

        var other = run with { Request = run.Request with { ContentDigest = new string('c', 64) } };
        var foreign = await Assert.ThrowsAsync<ForeignObjectException>(() => servers.Objects.EnsureAsync(other, Token));
        Assert.Contains(
            $"Job {run.JobName} in namespace {cluster.Namespace} belongs to something else", foreign.Message);
    }

    [Fact]
    public async Task A_key_that_is_no_label_makes_objects_all_the_same()
    {
        using var servers = await StartAsync();
        var run = await servers.AddAsync("-" + new string('x', 62) + ".", Token);

        Assert.NotNull((await servers.ResyncAsync(run, Token)).JobUid);
    }

    [Fact]
    public async Task A_deleted_Job_takes_ConfigMap_and_Secret_along_and_fails_its_run()
    {
        using var servers = await StartAsync();
        var run = await servers.AddAsync("deleted", Token);
        await servers.ResyncAsync(run, Token);

        await servers.Objects.DeleteAsync(run, run.JobName, Token);
        var failed = await servers.UntilAsync(run, each => each.IsOver, Token);

        Assert.Equal((RunState.Failed, UndoState.Wanted), (failed.State, failed.Undo));
        await servers.UntilAsync(run, async _ => !await ExistsAsync("configmap", RunNames.OfRun(run).ConfigMap), Token);
        await servers.UntilAsync(run, async _ => !await ExistsAsync("secret", RunNames.OfRun(run).Secret), Token);
    }

    [Fact]
    public async Task The_loop_follows_a_run_by_its_watch_alone()
    {
        using var servers = await StartAsync();
        var pods = await PodsAsync();
        var run = await servers.AddAsync("watched", Token);
        using var follower = servers.NewFollower();

        await follower.StartAsync(Token);
        await pods.EndAsync(run.JobName, 0, new RunEnd { Summary = "{}" }.Json(), Token);
        // Far less than a resync takes.
        using var bound = new Bound(TimeSpan.FromSeconds(20), Token);
        await bound.KeepAsync(
            async current =>
            {
                while (await servers.RowAsync(run, current) is not { State: RunState.Succeeded })
                {
                }

                return true;
            },
            () => string.Join('\n', servers.Log.Lines));

        await follower.StopAsync(Token);
    }

    private async Task<RunsOnServers> StartAsync()
    {
        RealParts.SkipWithout(RealParts.Databases, RealParts.Cluster);
        return await RunsOnServers.StartAsync(cluster, databases[ServerKind.MySql], Token);
    }

    private async Task<PlayedPods> PodsAsync() => new(await cluster.OpenAsync(), cluster);

    private async Task<bool> ExistsAsync(string kind, string name) => (await cluster.KubectlAsync(
        ["get", kind, name, "--ignore-not-found", "--output=name"], Token)).Trim().Length > 0;
}
