using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Following;

public sealed class RunFollowerTests : IAsyncLifetime
{
    private static readonly IngestionRun Run = Some.Run();

    private readonly RunScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _scene.StartAsync(Token);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_run_goes_from_its_row_to_its_summary()
    {
        await _scene.AddAsync(Run, Token);

        var made = await _scene.ResyncAsync(Run, Token);
        Assert.Equal((RunState.Accepted, _scene.UidOf($"job/{Run.JobName}")), (made.State, made.JobUid));

        _scene.EndPod(0, new RunEnd { Summary = """{"inserted_records":5}""" }.Json());
        var ended = await _scene.ResyncAsync(Run, Token);

        Assert.Equal(
            (RunState.Succeeded, """{"inserted_records":5}""", Some.Time),
            (ended.State, ended.Summary, ended.StartedAt));
        Assert.Equal(["IngestionSucceeded"], _scene.News);
    }

    [Fact]
    public async Task The_Event_of_a_run_names_its_Job_its_table_and_its_summary()
    {
        await _scene.AddAsync(Run, Token);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(0, new RunEnd { Summary = """{"inserted_records":5}""" }.Json());
        await _scene.ResyncAsync(Run, Token);

        var news = Assert.Single(_scene.Api.List("events"));

        Assert.Equal("""Run run-7 of table houses (train): {"inserted_records":5}""", (string?)news["note"]);
        Assert.Equal(
            (_scene.UidOf($"job/{Run.JobName}"), "Normal"),
            ((string?)news["regarding"]?["uid"], (string?)news["type"]));
    }

    [Fact]
    public async Task An_Event_that_cannot_be_written_is_logged_and_the_run_ends()
    {
        _scene.Api.Deny("create", "events");
        await _scene.AddAsync(Run, Token);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(0);

        Assert.Equal(RunState.Succeeded, (await _scene.ResyncAsync(Run, Token)).State);

        Assert.Contains(_scene.Log.Lines, line => line.Contains("The Event of run run-7 was not written"));
    }

    [Fact]
    public async Task A_final_failure_ends_the_Job_at_once_and_nothing_is_removed_twice()
    {
        await _scene.AddAsync(Run, Token);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(1, new RunEnd { Error = "wrong data", ExitCode = 1, IsFinal = true, IsUndone = true }.Json());

        await _scene.ResyncAsync(Run, Token);
        var ended = await _scene.ResyncAsync(Run, Token);

        Assert.Equal((RunState.Failed, UndoState.None, "wrong data"), (ended.State, ended.Undo, ended.Error));
        Assert.Equal(Run.JobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]?["name"]);
    }

    [Fact]
    public async Task What_a_dead_pod_wrote_is_removed_by_a_Job()
    {
        await _scene.AddAsync(Run, Token);
        await _scene.ResyncAsync(Run, Token);
        for (var attempt = 0; attempt < 4; attempt++) _scene.EndPod(137, reason: "OOMKilled");

        var failed = await _scene.ResyncAsync(Run, Token);

        Assert.Equal((RunState.Failed, UndoState.Wanted), (failed.State, failed.Undo));
        Assert.Contains("OOMKilled", failed.Error);
        _scene.EndPod(0, job: Run.UndoJobName);
        Assert.Equal(UndoState.Done, (await _scene.ResyncAsync(Run, Token)).Undo);
        Assert.Equal(["IngestionFailed", "IngestionUndone"], _scene.News.Order());
    }

    [Fact]
    public async Task A_cancelled_run_loses_its_Job_and_then_what_it_wrote()
    {
        await _scene.AddAsync(Run, Token);
        var made = await _scene.ResyncAsync(Run, Token);
        await _scene.Store.TryChangeAsync(made, RunChanges.Cancelled(made, Some.Time), Token);

        await _scene.ResyncAsync(Run, Token);

        Assert.Equal(Run.UndoJobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]?["name"]);
        _scene.EndPod(0);
        var ended = await _scene.ResyncAsync(Run, Token);
        Assert.Equal((RunState.Cancelled, UndoState.Done), (ended.State, ended.Undo));
    }

    [Fact]
    public async Task A_Job_that_was_deleted_after_its_pod_had_registered_has_succeeded()
    {
        await _scene.AddAsync(Run, Token);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(0, new RunEnd { Summary = """{"inserted_records":5}""" }.Json());
        var pod = Assert.Single(_scene.Api.List("pods")).DeepClone();
        await _scene.Objects.DeleteAsync(Run, Run.JobName, Token);
        // The garbage collector may take its time.
        (pod["apiVersion"], pod["kind"]) = ("v1", "Pod");
        foreach (var member in (string[])["ownerReferences", "uid", "resourceVersion"])
            pod["metadata"]!.AsObject().Remove(member);
        _scene.Api.Add(pod.ToJsonString());

        Assert.Equal(RunState.Succeeded, (await _scene.ResyncAsync(Run, Token)).State);
    }

    [Fact]
    public async Task A_removal_that_failed_is_tried_again_by_another_Job_on_request()
    {
        var failed = Run with
        {
            State = RunState.Cancelled,
            Undo = UndoState.Wanted,
            EndedAt = Some.Time,
            JobUid = "uid",
        };
        await _scene.AddAsync(failed, Token);
        await _scene.ResyncAsync(Run, Token);
        for (var attempt = 0; attempt < 4; attempt++) _scene.EndPod(1);
        Assert.Equal(UndoState.Failed, (await _scene.ResyncAsync(Run, Token)).Undo);

        Assert.Equal(UndoState.Wanted, (await CancelAsync()).Run?.Undo);
        Assert.Equal(UndoState.Wanted, (await _scene.ResyncAsync(Run, Token)).Undo);
        _scene.EndPod(0);
        Assert.Equal(UndoState.Done, (await _scene.ResyncAsync(Run, Token)).Undo);
    }

    [Fact]
    public async Task A_removal_whose_image_cannot_be_pulled_fails_in_time_and_is_tried_again_on_request()
    {
        await _scene.AddAsync(
            Run with { State = RunState.Cancelled, Undo = UndoState.Wanted, EndedAt = Some.Time, JobUid = "uid" },
            Token);
        await _scene.ResyncAsync(Run, Token);
        _scene.HoldPod("ImagePullBackOff", "no such digest");
        _scene.Time.Advance(TimeSpan.FromMinutes(1));
        const string reason = "ImagePullBackOff: no such digest";
        var waits = await _scene.ResyncAsync(Run, Token);
        Assert.StartsWith("Removal waits: The image cannot be pulled by Pod ingest-undo-", waits.Error);
        Assert.EndsWith(reason, waits.Error);

        _scene.Time.Advance(new Deadlines().PodStart);
        await _scene.ResyncAsync(Run, Token);
        Assert.Equal(1, (int?)_scene.Api.Get($"job/{Run.UndoJobName}")["spec"]!["activeDeadlineSeconds"]);
        _scene.ExceedDeadline(Run.UndoJobName);
        var failed = await _scene.ResyncAsync(Run, Token);

        Assert.Equal(UndoState.Failed, failed.Undo);
        Assert.StartsWith("Removal failed: The image cannot be pulled by Pod ingest-undo-", failed.Error);
        Assert.EndsWith(reason, failed.Error);
        Assert.Equal(
            (UndoState.Wanted, null), await CancelAsync() is { Run: { } again } ? (again.Undo, again.Error) : default);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(0);
        Assert.Equal(UndoState.Done, (await _scene.ResyncAsync(Run, Token)).Undo);
    }

    [Fact]
    public async Task A_removal_that_the_API_server_refuses_shows_the_reason_and_is_tried_again()
    {
        var failed = RunChanges.Failed(Run with { JobUid = "uid" }, "disk full", isUndone: false, Some.Time);
        await _scene.AddAsync(failed, Token);
        _scene.Api.Fail("create", "jobs", FakeFault.Status(403, "Forbidden", "no right"));

        var refused = await _scene.ResyncAsync(Run, Token);

        Assert.Equal(UndoState.Wanted, refused.Undo);
        Assert.StartsWith("disk full; the removal waits: ", refused.Error);
        Assert.Contains("no right", refused.Error);
        await _scene.ResyncAsync(Run, Token);
        _scene.EndPod(0);
        var undone = await _scene.ResyncAsync(Run, Token);
        Assert.Equal((UndoState.Done, "disk full"), (undone.Undo, undone.Error));
    }

    [Fact]
    public async Task A_run_whose_object_belongs_to_something_else_fails_and_leaves_no_Job()
    {
        _scene.Api.Add(
            """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}}"""
                .Replace("NAME", RunNames.OfRun(Run).ConfigMap, StringComparison.Ordinal));
        await _scene.AddAsync(Run, Token);

        var failed = await _scene.ResyncAsync(Run, Token);

        Assert.Equal((RunState.Failed, UndoState.None), (failed.State, failed.Undo));
        Assert.Contains("belongs to something else", failed.Error);
        Assert.Empty(_scene.Api.List("jobs"));
        Assert.Single(_scene.Api.List("configmaps"));
    }

    [Fact]
    public async Task A_missing_right_is_shown_and_the_other_runs_go_on()
    {
        var other = Some.Run("run-8") with { AcceptedAt = Some.Time.AddSeconds(1) };
        await _scene.AddAsync(Run, Token);
        await _scene.AddAsync(other, Token);
        _scene.Api.Fail("create", "jobs", FakeFault.Status(403, "Forbidden", "no right"));

        var stuck = await _scene.ResyncAsync(Run, Token);

        Assert.Equal(RunState.Accepted, stuck.State);
        Assert.Contains("no right", stuck.Error);
        Assert.NotNull((await _scene.RowAsync(other, Token)).JobUid);
        Assert.Contains(_scene.Log.Lines, line => line.Contains("Run run-7 cannot go on"));
        Assert.NotNull((await _scene.ResyncAsync(Run, Token)).JobUid);
    }

    [Fact]
    public async Task A_run_that_fails_again_and_again_does_not_keep_the_others_waiting()
    {
        var other = Some.Run("run-8") with { AcceptedAt = Some.Time.AddSeconds(1) };
        await _scene.AddAsync(Run, Token);
        await _scene.AddAsync(other, Token);
        _scene.Api.Fail(call => call.Body.Contains("run-7"), FakeFault.Status(500), times: 10);

        await Assert.ThrowsAsync<Tracebloc.Kubernetes.KubernetesException>(() => _scene.ResyncAsync(Run, Token));

        Assert.NotNull((await _scene.RowAsync(other, Token)).JobUid);
    }

    [Fact]
    public async Task Finished_runs_are_purged_by_number_and_age_and_take_their_Jobs_along()
    {
        _scene.Limits = new RunLimits(1, TimeSpan.FromDays(30));
        var (old, newer, newest) = (Ended("old", -40), Ended("newer", -2), Ended("newest", -1));
        foreach (var run in (IngestionRun[])[old, newer, newest])
        {
            await _scene.AddAsync(run, Token);
            await _scene.Objects.EnsureAsync(run, Token);
        }

        await _scene.ResyncAsync(newest, Token);

        Assert.Equal(1, _scene.Table.Count);
        Assert.Equal(newest.JobName, (string?)Assert.Single(_scene.Api.List("jobs"))["metadata"]?["name"]);
        Assert.Single(_scene.Api.List("secrets"));
    }

    [Fact]
    public async Task The_end_of_a_run_can_be_read_for_an_hour_whatever_the_number()
    {
        _scene.Limits = new RunLimits(0, TimeSpan.FromDays(30));
        var run = await _scene.AddAsync(Ended("run-7", 0), Token);

        _scene.Time.Advance(RunPurge.LeastAge);
        await _scene.ResyncAsync(run, Token);
        Assert.Equal(1, _scene.Table.Count);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        using (var follower = _scene.NewFollower())
            await follower.ResyncAsync(Token);

        Assert.Equal(0, _scene.Table.Count);
    }

    [Fact]
    public async Task A_run_that_is_submitted_again_is_kept_from_then_on_by_number_and_age()
    {
        _scene.Limits = new RunLimits(1, TimeSpan.FromDays(30));
        var (inUse, newer) = (Ended("in-use", -40), Ended("newer", -2));
        await _scene.AddAsync(inUse, Token);
        await _scene.AddAsync(newer, Token);
        await _scene.Store.SeeAsync(inUse.Key, Some.Time.AddDays(-1), Token);

        await _scene.ResyncAsync(inUse, Token);
        Assert.Equal(1, _scene.Table.Count);
        _scene.Time.Advance(TimeSpan.FromDays(29));
        using (var follower = _scene.NewFollower())
            await follower.ResyncAsync(Token);
        Assert.Equal(1, _scene.Table.Count);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        using (var follower = _scene.NewFollower())
            await follower.ResyncAsync(Token);

        Assert.Equal(0, _scene.Table.Count);
    }

    [Fact]
    public async Task A_deletion_is_kept_with_the_runs_that_it_marks()
    {
        var run = await _scene.AddAsync(Ended("run-7", 0), Token);
        var deletion = new DatasetDeletion
        {
            Id = DatasetDeletion.IdOf("houses", Some.Time),
            Table = run.Request.Table,
            Caller = "tracebloc/ingestor",
            Namespace = "tracebloc",
            Image = "ingestor",
            RequestedAt = Some.Time,
        };
        await _scene.Store.Deletions.AddAsync(deletion, Token);
        await _scene.Store.Deletions.EndAsync(deletion, null, Some.Time, Token);
        _scene.Time.Advance(TimeSpan.FromDays(31));
        await _scene.Store.SeeAsync(run.Key, Some.Time.AddDays(2), Token);

        Assert.Equal(Some.Time, (await _scene.ResyncAsync(run, Token)).DeletedAt);
        _scene.Time.Advance(TimeSpan.FromDays(2));
        using (var follower = _scene.NewFollower())
            await follower.ResyncAsync(Token);

        Assert.Equal(0, _scene.Table.Count);
        Assert.Empty(_scene.Table.Deletions.States);
    }

    [Fact]
    public async Task An_open_run_is_never_purged()
    {
        _scene.Limits = new RunLimits(0, TimeSpan.Zero);
        await _scene.AddAsync(
            Run with { State = RunState.Failed, Undo = UndoState.Wanted, EndedAt = Some.Time }, Token);

        await _scene.ResyncAsync(Run, Token);

        Assert.Equal(1, _scene.Table.Count);
    }

    private async Task<CancelOutcome> CancelAsync()
    {
        var table = new RunTable(_scene.Table.Server.Options, new Deadlines(), _scene.Time, _scene.Log);
        await table.OpenAsync(Token);
        var cancellation = new Cancellation(
            table, (run, token) => _scene.Objects.DeleteAsync(run, run.UndoJobName, token), _ => { }, _scene.Time,
            _scene.Log);
        return await cancellation.CancelAsync(
            new Caller("tracebloc", "ingestor"),
            new AccessPolicy([new AccessRule("ingestor", "tracebloc", ["*"])]),
            Run.Key,
            Token);
    }

    private static IngestionRun Ended(string key, int days) => Some.Run(key) with
    {
        State = RunState.Succeeded,
        EndedAt = Some.Time.AddDays(days),
        JobUid = "uid",
    };
}
