using System.Text.Json.Nodes;
using Tracebloc.Cli.Tests.Pushing;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>The verbs that look at what is there, on a release with one data set and its run.</summary>
public sealed class DatasetVerbTests : IAsyncLifetime
{
    private readonly DataFolder _folder = DataFolder.OfImages();
    private PushScene _scene = null!;
    private string _key = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PushScene.StartAsync(Cancelled);
        _scene.Manager.Accepted = job => _scene.AddRunPod(job, "Loading: 3 rows", "\u001b[31mred");
        _scene.Manager.Report(PushTests.Succeeded());
        var ran = await RunAsync(
            "ingest", _folder.Path, "--table", "cats_train", "--category", "image_classification", "--label-column",
            "label");
        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        _key = _scene.Manager.Started[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_list_has_a_line_for_each_data_set()
    {
        _scene.Manager.AddDataset(Houses());

        var ran = await RunAsync("dataset", "list");

        Assert.Equal(
            """
            TABLE        CATEGORY              INTENT  STATE  ROWS   FILES  SIZE       LAST RUN
            cats_train   image_classification  train   ready  3      0      16.00 KiB  -
            homes_train  tabular_regression    train   ready  1,200  0      1.00 MiB   succeeded 2026-01-02 10:15:08 UTC

            """.ReplaceLineEndings("\n"),
            ran.Output);
    }

    [Fact]
    public async Task The_list_is_one_object_for_programs()
    {
        var ran = await RunAsync("dataset", "list", "--output", "json");

        Assert.Equal(
            """
            {
              "status": "succeeded",
              "exit_code": 0,
              "namespace": "tracebloc",
              "datasets": [
                {
                  "table": "cats_train",
                  "category": "image_classification",
                  "intent": "train",
                  "state": "ready",
                  "rows": 3,
                  "bytes": 16384,
                  "files": 0,
                  "created_at": "2026-01-02T10:15:00+00:00"
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            ran.Output);
    }

    [Fact]
    public async Task A_data_set_is_shown_with_its_labels_as_bars()
    {
        var houses = Houses();
        houses["columns"] = new JsonArray(new JsonObject { ["name"] = "rooms", ["type"] = "int" });
        houses["labels"] = new JsonArray(
            new JsonObject { ["label"] = "villa\u001b[31m", ["count"] = 2 },
            new JsonObject { ["label"] = "flat", ["count"] = 1 });
        houses["runs"] = new JsonArray(houses["last_run"]!.DeepClone());
        _scene.Manager.AddDataset(houses);

        var ran = await RunAsync("dataset", "show", "homes_train");

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.StartsWith("table       homes_train (tabular_regression, train)\nstate       ready\n", ran.Output);
        Assert.Contains("\nColumns\n  rooms  int\nLabels\n", ran.Output);
        Assert.Matches("\n  flat +1  █+\n", ran.Output);
        Assert.Contains("\nRuns\n  houses-1  succeeded  2026-01-02 10:15:08 UTC  1,200 rows\n", ran.Output);
        Assert.DoesNotContain("\u001b", ran.Output);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("delete", "--yes")]
    public async Task A_data_set_that_is_not_there_is_the_exit_code_5_with_the_one_that_was_meant(
        string verb, params string[] args)
    {
        var ran = await RunAsync(["dataset", verb, "cats_trian", .. args]);

        Assert.Equal(CliExit.NotPermitted, ran.Code);
        Assert.Equal(
            "Data set cats_trian does not exist in edge in namespace tracebloc; did you mean cats_train?\n", ran.Error);
    }

    [Fact]
    public async Task A_data_set_is_deleted_with_a_confirmation_alone()
    {
        var refused = await RunAsync("dataset", "delete", "cats_train");
        var tried = await RunAsync("dataset", "delete", "cats_train", "--dry-run", "--output", "json");
        var deleted = await RunAsync("dataset", "delete", "cats_train", "--yes");

        Assert.Equal(
            (CliExit.Local, "Deleting cats_train needs a confirmation, and no one can be asked; give --yes\n"),
            (refused.Code, refused.Error));
        Assert.Equal(
            """
            {
              "status": "dry-run",
              "exit_code": 0,
              "namespace": "tracebloc",
              "table": "cats_train",
              "rows": 3,
              "bytes": 16384,
              "files": 0,
              "runs": 1
            }

            """.ReplaceLineEndings("\n"),
            tried.Output);
        Assert.Equal(
            (CliExit.Done,
                "Data set cats_train in edge in namespace tracebloc: 3 rows, 16.00 KiB, 1 run\n"
                + "Data set cats_train is deleted\n"),
            (deleted.Code, deleted.Output));
        Assert.StartsWith("No data set in edge", (await RunAsync("dataset", "list")).Output);
    }

    [Fact]
    public async Task A_deletion_that_fails_is_the_exit_code_7_with_its_reason()
    {
        _scene.Manager.DeletionError = "the volume is away";

        var ran = await RunAsync("dataset", "delete", "cats_train", "--yes", "-o", "json");

        Assert.Equal((CliExit.Staging, "error"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Equal(
            "Data set cats_train could not be deleted: the volume is away; kubectl logs -n tracebloc "
            + "job/ingest-delete-1 has more",
            (string)ran.Json["error"]!);
    }

    [Fact]
    public async Task A_deletion_with_a_passing_difficulty_is_waited_for()
    {
        var time = new ManualTimeProvider();
        _scene.Scene.Time = time;
        _scene.Manager.DeletionWaits.Enqueue("the volume is away");

        var deleting = RunAsync("dataset", "delete", "cats_train", "--yes");
        time.Advance(await time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(2), Cancelled));
        var ran = await deleting;

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.EndsWith("\nData set cats_train is deleted\n", ran.Output);
        Assert.Empty(_scene.Manager.DeletionWaits);
    }

    [Fact]
    public async Task The_state_of_a_run_and_of_all_runs_is_shown()
    {
        var one = await RunAsync("dataset", "status", _key);
        var all = await RunAsync("dataset", "status");
        var json = (await RunAsync("dataset", "status", _key, "--output", "json")).Json;

        Assert.StartsWith(
            $"run         {_key}\ntable       cats_train (image_classification, train)\nstate       succeeded\n",
            one.Output);
        Assert.Contains("\nrows        3 of 3 loaded, 2.5 s\n", one.Output);
        Assert.Equal(
            $"{"RUN".PadRight(_key.Length)}  TABLE       STATE      ACCEPTED                 ENDED\n"
            + $"{_key}  cats_train  succeeded  2026-01-02 10:15:00 UTC  -\n",
            all.Output);
        Assert.Equal(
            ("succeeded", "succeeded", 3),
            ((string)json["status"]!, (string)json["run"]!["state"]!, (int)json["run"]!["summary"]!["total_records"]!));
    }

    [Fact]
    public async Task A_run_that_is_unknown_is_named()
    {
        var ran = await RunAsync("dataset", "status", "cats-1");

        Assert.Equal(
            (CliExit.Submission,
                "Run cats-1 is unknown in edge in namespace tracebloc; tracebloc dataset status lists runs\n"),
            (ran.Code, ran.Error));
    }

    [Fact]
    public async Task The_log_of_a_run_is_fit_for_a_terminal()
    {
        var text = await RunAsync("dataset", "logs", _key);
        var json = (await RunAsync("dataset", "logs", _key, "--output", "json")).Json;

        Assert.Equal("Loading: 3 rows\n[31mred\n", text.Output);
        Assert.Equal(2, json["lines"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_run_is_watched_to_its_end_which_is_the_exit_code()
    {
        var ran = await RunAsync("dataset", "watch", _key);
        var json = (await RunAsync("dataset", "watch", _key, "--output", "json")).Json;

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Contains("Loading: 3 rows\n", ran.Output);
        Assert.Contains($"Run {_key}: succeeded, 0 s\n", ran.Output);
        Assert.Equal(("succeeded", 0), ((string)json["status"]!, (int)json["exit_code"]!));
    }

    [Fact]
    public async Task A_run_that_has_succeeded_cannot_be_cancelled()
    {
        var ran = await RunAsync("dataset", "cancel", _key);

        Assert.Equal(CliExit.Submission, ran.Code);
        Assert.StartsWith(
            $"Run {_key} cannot be cancelled: jobs-manager rejected the cancellation (409): run {_key} has succeeded; ",
            ran.Error);
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_cancelled_and_its_watch_ends_with_9()
    {
        var key = await DetachAsync();
        _scene.Manager.Report(new JsonObject { ["state"] = "running" });

        var cancelled = await RunAsync("dataset", "cancel", key);
        var watched = await RunAsync("dataset", "watch", key);

        Assert.Equal(
            (CliExit.Done, $"Run {key} is cancelled; what it has written is taken back, unless it is registered by "
                + $"then: tracebloc dataset status {key}\n"),
            (cancelled.Code, cancelled.Output));
        Assert.Equal(
            (CliExit.Run, $"Run {key} was cancelled; its log has more: tracebloc dataset logs {key}\n"),
            (watched.Code, watched.Error));
    }

    [Fact]
    public async Task A_run_that_was_quicker_than_its_cancellation_has_succeeded()
    {
        var key = await DetachAsync();
        (_scene.Manager.Undo, _scene.Manager.Accepted) = ("wanted", null);
        // The first look finds the run.
        _scene.Manager.Report(Ending(), Ending(), PushTests.Succeeded());

        var watched = await _scene.RunWithPausesAsync(Cancelled, "dataset", "watch", key);

        Assert.Equal(CliExit.Done, watched.Code);
        Assert.Matches($"Run {key}: cancelled, \\d+ s: the node is away\n", watched.Output);

        static JsonObject Ending() => new() { ["state"] = "cancelled", ["error"] = "the node is away" };
    }

    [Fact]
    public async Task A_watch_has_a_line_for_each_state_and_the_reason_of_a_wait()
    {
        _scene.Manager.Accepted = null;
        var key = await DetachAsync();
        _scene.Manager.Report(Waiting(), Waiting(), new JsonObject { ["state"] = "running" }, PushTests.Succeeded());

        var ran = await _scene.RunWithPausesAsync(Cancelled, "dataset", "watch", key);

        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        Assert.Matches(
            $"^Run {key}: accepted, \\d+ s: ErrImagePull: 401\nRun {key}: running, \\d+ s\n"
            + $"Run {key}: succeeded, \\d+ s\ningestor ",
            ran.Output);

        static JsonObject Waiting() => new() { ["state"] = "accepted", ["error"] = "ErrImagePull: 401" };
    }

    [Theory]
    [InlineData(401, CliExit.NotPermitted)]
    [InlineData(403, CliExit.NotPermitted)]
    [InlineData(500, CliExit.Submission)]
    public async Task A_refusal_of_jobs_manager_has_its_exit_code(int status, int exitCode)
    {
        _scene.Manager.Answer(FakeReply.Of(status, """{"detail":"not you"}"""), times: 2);

        var ran = await RunAsync("dataset", "list", "--output", "json");

        Assert.Equal(exitCode, ran.Code);
        Assert.Equal($"jobs-manager rejected the list of data sets ({status}): not you", (string)ran.Json["error"]!);
    }

    [Fact]
    public async Task A_jobs_manager_that_rolls_over_is_waited_for_and_found_again()
    {
        _scene.Manager.Answer(FakeReply.Abort);

        var ran = await RunAsync("dataset", "list");

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Contains("cats_train", ran.Output);
        Assert.StartsWith("note: jobs-manager is not ready: ", ran.Error);
        // The pod was looked for anew.
        Assert.Equal(2, _scene.Api.Calls.Reverse().TakeWhile(call => call.Resource != "deployments")
            .Count(call => call is { Verb: "list", Resource: "pods" }));
    }

    private static JsonObject Houses() => Manifests.Parse(
        """
        {
          "table": "homes_train", "category": "tabular_regression", "intent": "train", "state": "ready",
          "rows": 1200, "bytes": 1048576, "files": 0, "created_at": "2026-01-02T10:15:00+00:00",
          "last_run": {
            "idempotency_key": "houses-1", "state": "succeeded", "accepted_at": "2026-01-02T10:15:00+00:00",
            "started_at": "2026-01-02T10:15:00+00:00", "ended_at": "2026-01-02T10:15:08+00:00", "rows": 1200
          }
        }
        """);

    /// <summary>Pushes another data set, and does not wait for its run.</summary>
    /// <returns>The run.</returns>
    private async Task<string> DetachAsync()
    {
        _folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));
        await RunAsync(
            "dataset", "push", _folder.Path, "--table", "others", "--category", "image_classification",
            "--label-column", "label", "--detach");
        return _scene.Manager.Started[^1];
    }

    private Task<PushScene.Ran> RunAsync(params IReadOnlyList<string> args) => _scene.RunAsync(Cancelled, args);
}
