using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Following;

public sealed class DeletionFollowerTests : IAsyncLifetime
{
    private static readonly DatasetDeletion Deletion = new()
    {
        Id = DatasetDeletion.IdOf("houses", Some.Time),
        Table = "houses",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ghcr.io/tracebloc/ingestor:prod",
        RequestedAt = Some.Time,
    };

    // Of a request at the same time.
    private static readonly DatasetDeletion Second = Deletion with
    {
        Id = DatasetDeletion.IdOf("houses", Some.Time.AddTicks(10)),
        RequestedAt = Some.Time.AddTicks(10),
    };

    private readonly RunScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _scene.StartAsync(Token);
        await _scene.Store.Deletions.AddAsync(Deletion, Token);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_deletion_has_one_Job_until_it_is_done()
    {
        Assert.True(await LookAsync());
        Assert.True(await LookAsync());
        Assert.Equal(Deletion.JobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]!["name"]);
        _scene.EndPod(0);

        Assert.False(await LookAsync());

        Assert.Empty(_scene.Api.List("jobs"));
        Assert.Equal(["done"], _scene.Table.Deletions.States);
        Assert.Empty(await _scene.Store.Deletions.ListAsync(Token));
    }

    [Fact]
    public async Task The_runs_before_a_deletion_are_marked_and_those_after_it_are_not()
    {
        var (before, after) = (Some.Run("before"), Some.Run("after") with { AcceptedAt = Some.Time.AddSeconds(1) });
        await _scene.AddAsync(before, Token);
        await _scene.AddAsync(after, Token);

        await _scene.Store.Deletions.EndAsync(Deletion, null, Some.Time.AddMinutes(1), Token);

        Assert.Equal(Some.Time.AddMinutes(1), (await _scene.RowAsync(before, Token)).DeletedAt);
        Assert.Null((await _scene.RowAsync(after, Token)).DeletedAt);
    }

    [Fact]
    public async Task A_deletion_that_failed_keeps_its_reason_and_its_Job()
    {
        await LookAsync();
        var end = new RunEnd { Error = "Folder /data/shared/houses is a link", ExitCode = 1, IsFinal = true };
        for (var attempt = 0; attempt < 4; attempt++) _scene.EndPod(1, end.Json());

        Assert.False(await LookAsync());

        var failed = Assert.Single(await _scene.Store.Deletions.ListAsync(Token));
        Assert.Equal((DeletionState.Failed, end.Error), (failed.State, failed.Error));
        Assert.Single(_scene.Api.List("jobs"));
    }

    [Fact]
    public async Task A_Job_that_the_API_server_refuses_is_the_end()
    {
        _scene.Api.Fail("create", "jobs", FakeFault.Status(403, "Forbidden", "no right"));

        Assert.False(await LookAsync());

        Assert.Contains("no right", Assert.Single(await _scene.Store.Deletions.ListAsync(Token)).Error);
    }

    [Fact]
    public async Task A_deletion_that_does_not_begin_shows_why_until_it_does()
    {
        await LookAsync();
        _scene.HoldPod("ErrImagePull", "no such tag");
        Assert.True(await LookAsync());
        Assert.Null((await LastAsync()).Error);
        _scene.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await LookAsync());
        _scene.HoldPod("ImagePullBackOff", "Back-off");
        Assert.True(await LookAsync());

        var waits = await LastAsync();
        Assert.Equal(DeletionState.Wanted, waits.State);
        Assert.StartsWith("The image cannot be pulled by Pod ingest-delete-", waits.Error);
        Assert.EndsWith("ErrImagePull: no such tag", waits.Error);
        _scene.Api.Edit($"pod/{_scene.Pods()[^1]}", pod => pod["status"] = new JsonObject { ["phase"] = "Running" });
        Assert.True(await LookAsync());
        Assert.Null((await LastAsync()).Error);
    }

    [Fact]
    public async Task A_deletion_that_has_not_started_within_its_deadline_fails_with_the_reason()
    {
        await LookAsync();
        _scene.HoldPod("ImagePullBackOff", "no such digest");
        _scene.Time.Advance(new Deadlines().PodStart - TimeSpan.FromSeconds(1));
        Assert.True(await LookAsync());
        Assert.Null(Deadline());
        _scene.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await LookAsync());
        Assert.Equal(1, Deadline());
        // The pod is gone before the Job has failed, and the wait for another one is no news.
        _scene.Api.Delete($"pod/{_scene.Pods()[^1]}");
        Assert.True(await LookAsync());
        _scene.ExceedDeadline(Deletion.JobName);
        Assert.False(await LookAsync());

        var failed = await LastAsync();
        Assert.Equal(DeletionState.Failed, failed.State);
        Assert.EndsWith("ImagePullBackOff: no such digest", failed.Error);

        int? Deadline() => (int?)_scene.Api.Get($"job/{Deletion.JobName}")["spec"]!["activeDeadlineSeconds"];
    }

    [Fact]
    public async Task A_failed_deletion_ends_when_its_last_pod_has()
    {
        await LookAsync();
        _scene.Api.Edit(
            $"job/{Deletion.JobName}",
            job => job["status"]!["conditions"] = JsonNode.Parse(
                """[{"type": "Failed", "status": "True", "reason": "Why", "message": "so"}]"""));

        Assert.True(await LookAsync());
        _scene.Api.Delete($"pod/{_scene.Pods()[^1]}");
        Assert.False(await LookAsync());

        Assert.Equal($"Job {Deletion.JobName} failed: Why: so", (await LastAsync()).Error);
    }

    [Fact]
    public async Task The_current_image_of_the_installation_deletes()
    {
        await using var scene = new RunScene { Image = new RunImage("example.com/ingestor", "next", null) };
        await scene.StartAsync(Token);
        await scene.Store.Deletions.AddAsync(Deletion, Token);

        using var follower = scene.NewDeletionFollower();
        await follower.LookAsync(Token);

        Assert.Equal(
            "example.com/ingestor:next",
            (string?)Assert.Single(scene.Api.List("jobs"))
                ["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]);
    }

    [Theory]
    [InlineData("Accepted", "None", "Run run-7 of table houses is accepted; cancel it")]
    [InlineData("Failed", "Wanted", "Run run-7 of table houses is being taken back")]
    public async Task A_deletion_whose_data_set_a_run_changes_ends_before_it_has_a_Job(
        string state, string undo, string reason)
    {
        var run = Some.Run() with { State = Enum.Parse<RunState>(state), Undo = Enum.Parse<UndoState>(undo) };
        await _scene.AddAsync(run, Token);

        Assert.False(await LookAsync());

        var failed = Assert.Single(await _scene.Store.Deletions.ListAsync(Token));
        Assert.Equal(DeletionState.Failed, failed.State);
        Assert.StartsWith(reason, failed.Error);
        Assert.Empty(_scene.Api.List("jobs"));
        Assert.Null(await _scene.Store.Deletions.WantedAsync("houses", Token));
    }

    [Fact]
    public async Task A_run_of_another_table_is_no_reason()
    {
        var run = Some.Run();
        await _scene.AddAsync(run with { Request = run.Request with { Table = "houses_2" } }, Token);

        Assert.True(await LookAsync());

        Assert.Single(_scene.Api.List("jobs"));
    }

    [Fact]
    public async Task A_run_without_a_Job_waits_for_a_deletion_that_has_one()
    {
        await LookAsync();
        var run = Some.Run() with { AcceptedAt = Some.Time.AddSeconds(1) };
        // The submission was cut off before it had looked for deletions.
        await _scene.AddAsync(run, Token);

        Assert.Null((await _scene.ResyncAsync(run, Token)).JobUid);
        Assert.Equal(Deletion.JobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]!["name"]);
        _scene.EndPod(0);
        Assert.False(await LookAsync());

        Assert.NotNull((await _scene.ResyncAsync(run, Token)).JobUid);
    }

    [Fact]
    public async Task A_run_that_a_deletion_counts_among_those_before_it_never_begins()
    {
        await LookAsync();
        await _scene.AddAsync(Some.Run(), Token);
        _scene.EndPod(0);
        Assert.False(await LookAsync());

        var failed = await _scene.ResyncAsync(Some.Run(), Token);

        Assert.Equal((RunState.Failed, UndoState.None), (failed.State, failed.Undo));
        Assert.StartsWith("Data set houses was deleted before the run had begun", failed.Error);
        Assert.Empty(_scene.Api.List("jobs"));
    }

    [Fact]
    public async Task Two_deletions_of_a_table_have_one_Job_at_a_time_and_the_table_waits_for_both()
    {
        await _scene.Store.Deletions.AddAsync(Second, Token);
        Assert.True(await LookAsync());
        Assert.True(await LookAsync());
        Assert.Equal(Deletion.JobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]!["name"]);
        _scene.EndPod(0);

        Assert.True(await LookAsync());

        Assert.Equal(Second, await _scene.Store.Deletions.WantedAsync("houses", Token));
        Assert.True(await LookAsync());
        _scene.EndPod(0);
        Assert.False(await LookAsync());
        Assert.Null(await _scene.Store.Deletions.WantedAsync("houses", Token));
    }

    [Fact]
    public async Task A_table_is_being_deleted_while_any_of_its_deletions_is_under_way()
    {
        await _scene.Store.Deletions.AddAsync(Second, Token);
        await _scene.Store.Deletions.EndAsync(Second, null, Some.Time, Token);

        Assert.Equal(Deletion, await _scene.Store.Deletions.WantedAsync("houses", Token));
        Assert.Equal(Deletion, await _scene.Store.Deletions.LastAsync("houses", Token));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_process_that_ends_at_any_call_leaves_the_rest_to_the_next(bool isOfDatabase, bool after)
    {
        var cut = 0;
        while (await CutAsync(cut + 1, isOfDatabase, after))
            Assert.True(++cut < 60, "the deletion never ended");
        // The list, the runs and the end; the Job before and after it is made, its pods, and its end.
        Assert.True(cut >= (isOfDatabase ? 6 : 5), $"only {cut} calls were cut");
    }

    /// <returns>False where the deletion was over before that call.</returns>
    private static async Task<bool> CutAsync(int number, bool isOfDatabase, bool after)
    {
        await using var scene = new RunScene();
        await scene.StartAsync(Token);
        await scene.Store.Deletions.AddAsync(Deletion, Token);
        var wasCut = false;
        if (isOfDatabase)
        {
            scene.Table.CutAt = scene.Table.Statements + number;
            scene.Table.CutsAfter = after;
            scene.Table.OnCut = () => wasCut = true;
        }
        else
        {
            scene.Api.Fail(
                call => call.Number == number && (wasCut = true),
                after ? FakeFault.DropAfter : FakeFault.DropBefore);
        }

        for (var process = 0; process < 3; process++) await TryLookAsync(scene);
        scene.EndPod(0);
        for (var process = 0; process < 3; process++)
        {
            await TryLookAsync(scene);
            // One that was cut off after it had deleted the Job makes it again.
            if (scene.Pods(Deletion.JobName) is [_, ..]) scene.EndPod(0);
        }

        await TryLookAsync(scene);
        Assert.Equal(["done"], scene.Table.Deletions.States);
        Assert.Empty(scene.Api.List("jobs"));
        return wasCut;
    }

    [Fact]
    public async Task A_deletion_is_looked_at_when_it_is_asked_for_and_every_second_until_it_ends()
    {
        await _scene.Store.Deletions.EndAsync(Deletion, null, Some.Time, Token);
        using var follower = _scene.NewDeletionFollower();
        await follower.StartAsync(Token);
        await _scene.Time.WaitForTimerAsync(left => left == follower.Resync, Token);
        await _scene.Store.Deletions.AddAsync(Second, Token);

        follower.Look();

        await _scene.Api.WaitForCallAsync(call => call is { Verb: "create", Resource: "jobs", Status: 201 }, Token);
        await _scene.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Token);
        _scene.EndPod(0);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await _scene.Api.WaitForCallAsync(call => call is { Verb: "delete", Resource: "jobs" }, Token);
        await follower.StopAsync(Token);
    }

    private async Task<DatasetDeletion> LastAsync() =>
        await _scene.Store.Deletions.LastAsync("houses", Token) ?? throw new InvalidOperationException("none");

    private async Task<bool> LookAsync()
    {
        using var follower = _scene.NewDeletionFollower();
        return await follower.LookAsync(Token);
    }

    private static async Task TryLookAsync(RunScene scene)
    {
        using var follower = scene.NewDeletionFollower();
        try
        {
            await follower.LookAsync(Token);
        }
        catch (Exception cut) when (cut is KubernetesException or DatabaseException)
        {
            // The next process begins where this one was cut off.
        }
    }
}
