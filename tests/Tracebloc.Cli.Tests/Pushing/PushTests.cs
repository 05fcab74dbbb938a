using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Cli.Tests.Pushing;

/// <summary>A push from the folder to the summary, with the real receiver behind the exec.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private PushScene _scene = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PushScene.StartAsync(Cancelled);
        _scene.Manager.Report(Succeeded());
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private static JsonObject Loading() =>
        new() { ["table"] = "cats_train", ["state"] = "loading", ["rows"] = 0 };

    public static TheoryData<string, string, string> Sets => new()
    {
        { "image_classification", "label", "images/a.jpg" },
        { "tabular_regression", "price", "labels.csv" },
        { "text_classification", "label", "texts/b.txt" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task A_data_set_gets_from_its_folder_to_the_summary(string category, string label, string file)
    {
        using var folder = FolderOf(category);

        var ran = await PushAsync(folder, "--category", category, "--label-column", label);

        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        var staged = _scene.Staged();
        Assert.Contains(file, staged.Keys);
        Assert.Equal(
            await File.ReadAllBytesAsync(RowsOf(folder), Cancelled), staged["labels.csv"]);
        var key = Assert.Single(_scene.Manager.Started);
        Assert.Matches("^cats_train-[0-9a-f]{16}-[0-9a-f]{8}$", key);
        var yaml = (string)JsonNode.Parse(Assert.Single(_scene.Manager.Bodies))!["ingest_config"]!;
        Assert.Contains($"\ncsv: /data/shared/.tracebloc-staging/{key[..^9]}/labels.csv\n", yaml);
        Assert.Contains($"\nRun: {key}\nSubmitted: Job ingest-job-", ran.Output);
        Assert.Contains("\nTable cats_train is loaded\n", ran.Output);
        Assert.Contains("\nrows        3 of 3 loaded, 2.5 s\n", ran.Output);
        Assert.Empty(_scene.Manager.Unexpected);
        Assert.Empty(Staging.StagePodTests.Staged(_scene.Scene));
    }

    [Fact]
    public async Task A_key_whose_data_set_was_deleted_since_stages_nothing_and_ends_with_9()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder, "--idempotency-key", "cats-1");
        await _scene.RunAsync(Cancelled, "dataset", "delete", "cats_train", "--yes");

        var ran = await PushImagesAsync(folder, "--idempotency-key", "cats-1", "--output", "json");

        Assert.Equal(CliExit.Run, ran.Code);
        Assert.Equal(
            "Run cats-1 was submitted before, and its data set was deleted at 2026-01-02T10:15:00+00:00; nothing new "
            + "was started: push without --idempotency-key, or with another one",
            (string)ran.Json["error"]!);
        Assert.Null(ran.Json["staged"]);
    }

    [Fact]
    public async Task A_table_that_another_run_is_loading_is_the_exit_code_6_with_its_key()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder, "--detach");
        var key = _scene.Manager.Started[0];
        folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));

        var ran = await PushImagesAsync(folder);

        Assert.Equal(CliExit.TableExists, ran.Code);
        Assert.StartsWith("Table cats_train is being loaded in ", ran.Error);
        Assert.EndsWith($"follow it: tracebloc dataset watch {key}\n", ran.Error);
        Assert.Equal([key], _scene.Manager.Started);
    }

    [Fact]
    public async Task The_object_of_a_push_is_held_as_text()
    {
        using var folder = DataFolder.OfImages();

        var ran = await PushImagesAsync(folder, "--output", "json");

        Assert.Equal(CliExit.Done, ran.Code);
        var bytes = _scene.Staged().Values.Sum(content => content.Length);
        Assert.Equal(
            $$"""
            {
              "status": "succeeded",
              "exit_code": 0,
              "table": "cats_train",
              "category": "image_classification",
              "intent": "train",
              "namespace": "tracebloc",
              "run": "{{_scene.Manager.Started[0]}}",
              "job_name": "{{(string)ran.Json["job_name"]!}}",
              "staged": {
                "files": 4,
                "bytes": {{bytes}},
                "sent_bytes": {{bytes}},
                "seconds": {{ran.Json["staged"]!["seconds"]!.ToJsonString()}}
              },
              "summary": {
                "ingestor_id": "5e715dbf",
                "total_records": 3,
                "inserted_records": 3,
                "sent_to_api": 3,
                "seconds": 2.5
              }
            }

            """.ReplaceLineEndings("\n"),
            ran.Output);
        Assert.Contains("Found in", ran.Error);
    }

    [Fact]
    public async Task The_same_data_again_is_nothing_to_do()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder);

        var ran = await PushImagesAsync(folder);
        var json = (await PushImagesAsync(folder, "--output", "json")).Json;

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Contains(
            $"\nNothing to do: run {_scene.Manager.Started[0]} has loaded exactly this data\n", ran.Output);
        Assert.Equal(("succeeded", true), ((string)json["status"]!, (bool)json["unchanged"]!));
        Assert.Null(json["staged"]);
        Assert.Single(_scene.Manager.Started);
        Assert.Equal(1, _scene.Api.Count("create", "pods"));
    }

    [Fact]
    public async Task Other_data_for_a_table_that_exists_is_refused_before_anything_is_sent()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder);
        folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));

        var ran = await PushImagesAsync(folder);

        Assert.Equal(CliExit.TableExists, ran.Code);
        Assert.Equal(
            "Table cats_train exists in edge in namespace tracebloc: 3 rows, ready, other data than this; replace it "
            + "with --overwrite, choose another --table, or delete it: tracebloc dataset delete cats_train\n",
            ran.Error);
        Assert.Single(_scene.Manager.Started);
    }

    [Fact]
    public async Task A_table_without_a_run_under_way_or_registered_is_free()
    {
        using var folder = DataFolder.OfImages();
        _scene.Manager.AddDataset(Loading());

        var ran = await PushImagesAsync(folder);

        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        Assert.Single(_scene.Manager.Started);
    }

    [Fact]
    public async Task A_table_that_a_run_is_loading_is_not_free()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder, "--detach");
        _scene.Manager.AddDataset(Loading());
        folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));

        var ran = await PushImagesAsync(folder);

        Assert.Equal(CliExit.TableExists, ran.Code);
        Assert.Single(_scene.Manager.Started);
    }

    [Fact]
    public async Task A_jobs_manager_that_cannot_replace_is_named_as_the_older_side()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder);
        folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));

        var ran = await PushImagesAsync(folder, "--overwrite");

        Assert.Equal(CliExit.Submission, ran.Code);
        Assert.Contains(
            $"jobs-manager {ProgramVersion.Text} of release edge in namespace tracebloc is too old for --overwrite",
            ran.Error);
    }

    [Fact]
    public async Task A_jobs_manager_that_can_replace_is_asked_to_where_there_is_a_data_set()
    {
        using var folder = DataFolder.OfImages();
        _scene.Manager.Version!["features"] = new JsonArray("overwrite");

        await PushImagesAsync(folder, "--overwrite");
        folder.Add("images/b.jpg", SampleImages.Jpeg(64, 48, comment: 5));
        _scene.Manager.Report(Succeeded());
        var ran = await PushImagesAsync(folder, "--overwrite");

        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        Assert.Equal(
            [null, true], _scene.Manager.Bodies.Select(body => (bool?)JsonNode.Parse(body)!["overwrite"]));
    }

    [Fact]
    public async Task A_detached_push_ends_after_the_submission_and_the_next_one_follows_its_run()
    {
        using var folder = DataFolder.OfImages();

        var detached = await PushImagesAsync(folder, "--detach", "--output", "json");
        var second = await PushImagesAsync(folder);

        Assert.Equal(
            (CliExit.Done, "detached", 0),
            (detached.Code, (string)detached.Json["status"]!, (int)detached.Json["exit_code"]!));
        var key = Assert.Single(_scene.Manager.Started);
        Assert.Equal(key, (string)detached.Json["run"]!);
        Assert.Null(detached.Json["summary"]);
        Assert.Contains($"Run {key} is loading exactly this data; following it\n", second.Output);
        Assert.Equal(CliExit.Done, second.Code);
        Assert.Equal(1, _scene.Api.Count("create", "pods"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_description_and_changes_nothing()
    {
        using var folder = DataFolder.OfImages();

        var ran = await PushImagesAsync(folder, "--dry-run");

        Assert.Equal((CliExit.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("\nThe ingest.yaml:\n  apiVersion: tracebloc.io/v1\n", ran.Output);
        Assert.EndsWith("\nNothing was sent: a dry run\n", ran.Output);
        Assert.Empty(_scene.Manager.Started);
        Assert.Equal(0, _scene.Api.Count("create", "pods"));
    }

    [Fact]
    public async Task Declining_a_question_is_an_end_that_is_shown()
    {
        using var folder = DataFolder.OfImages();
        using var terminal = new FakeTerminal { IsTerminal = true, Answers = "1\n" };

        Assert.Equal(CliExit.Done, await terminal.RunAsync("dataset", "push", folder.Path));

        Assert.EndsWith("Cancelled: nothing was sent.\n", terminal.Output);
    }

    [Fact]
    public async Task Invalid_data_is_found_before_the_cluster_is_asked()
    {
        using var folder = DataFolder.OfImages();
        folder.Add("labels.csv", "filename,label\na,cat\nmissing,dog\n");

        var ran = await PushImagesAsync(folder, "--output", "json");

        Assert.Equal((CliExit.Local, "error"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Contains("is not valid: ", (string)ran.Json["error"]!);
        Assert.Empty(_scene.Api.Calls);
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named_before_anything_is_sent()
    {
        using var folder = DataFolder.OfImages();
        _scene.Api.Deny("create", "pods/exec");

        var ran = await PushImagesAsync(folder, "--output", "json");

        Assert.Equal((CliExit.NotPermitted, "auth_error"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Contains("create pods/exec (to stage the data)", (string)ran.Json["error"]!);
        Assert.Equal(0, _scene.Api.Count("create", "pods"));
    }

    [Theory]
    [InlineData(401, CliExit.NotPermitted, "auth_error")]
    [InlineData(403, CliExit.NotPermitted, "auth_error")]
    [InlineData(409, CliExit.Submission, "submit_error")]
    [InlineData(422, CliExit.Submission, "submit_error")]
    [InlineData(500, CliExit.Submission, "submit_error")]
    public async Task A_submission_that_is_refused_has_its_exit_code(int status, int exitCode, string word)
    {
        using var folder = DataFolder.OfImages();
        _scene.Manager.AnswerSubmission(FakeReply.Of(status, """{"detail":"not this one"}"""), times: 2);

        var ran = await PushImagesAsync(folder, "--output", "json");

        Assert.Equal(
            (exitCode, word, exitCode), (ran.Code, (string)ran.Json["status"]!, (int)ran.Json["exit_code"]!));
        Assert.Equal($"jobs-manager rejected the run ({status}): not this one", (string)ran.Json["error"]!);
        Assert.NotNull(ran.Json["run"]);
        Assert.Empty(Staging.StagePodTests.Staged(_scene.Scene));
    }

    [Fact]
    public async Task A_jobs_manager_that_is_away_is_asked_again_with_the_same_key()
    {
        using var folder = DataFolder.OfImages();
        _scene.Manager.AnswerSubmission(
            FakeReply.Of(503, """{"detail":"the database is away"}""").With("Retry-After", "1"), times: 2);

        var ran = await PushImagesAsync(folder);

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Equal(
            "note: jobs-manager is not ready: 503: the database is away; trying again\n", ran.Error);
        Assert.Single(_scene.Manager.Requests
            .Where(request => request.Method == "POST").Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task A_run_that_fails_is_the_exit_code_9_with_its_error()
    {
        using var folder = DataFolder.OfImages();
        await PushImagesAsync(folder);
        _scene.Manager.Report(new JsonObject { ["state"] = "failed", ["error"] = "the table is gone" });

        var ran = await PushAsync(
            folder, "--category", "image_classification", "--label-column", "label", "--output", "json", "--table",
            "others");

        var key = _scene.Manager.Started[^1];
        Assert.Equal((CliExit.Run, "failed"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Equal(
            $"Run {key} failed: the table is gone; its log has more: tracebloc dataset logs {key}",
            (string)ran.Json["error"]!);
    }

    [Fact]
    public async Task Rows_that_were_left_out_are_no_success()
    {
        using var folder = DataFolder.OfImages();
        var half = Succeeded();
        half["summary"]!["inserted_records"] = 2;
        await PushAsync(
            folder, "--category", "image_classification", "--label-column", "label", "--table", "first");
        _scene.Manager.Report(half);

        var ran = await PushImagesAsync(folder, "--output", "json");

        Assert.Equal((CliExit.Run, "completed_with_failures"), (ran.Code, (string)ran.Json["status"]!));
    }

    internal static JsonObject Succeeded() => new()
    {
        ["state"] = "succeeded",
        ["summary"] = new JsonObject
        {
            ["ingestor_id"] = "5e715dbf",
            ["total_records"] = 3,
            ["inserted_records"] = 3,
            ["sent_to_api"] = 3,
            ["seconds"] = 2.5,
        },
    };

    private static DataFolder FolderOf(string category)
    {
        if (category == "image_classification") return DataFolder.OfImages();
        if (category == "tabular_regression")
        {
            var houses = new DataFolder();
            houses.Add("houses.csv", "rooms,area,price\n" + string.Concat(
                Enumerable.Range(1, 60).Select(i => $"{i % 7},{i * 1.5},{i * 10.5}\n")));
            return houses;
        }

        var texts = new DataFolder();
        texts.Add("labels.csv", "filename,label\na,cat\nb,dog\nc,cat\n");
        foreach (var name in (string[])["a", "b", "c"]) texts.Add($"texts/{name}.txt", $"The text of {name}.\n");
        return texts;
    }

    private static string RowsOf(DataFolder folder) => Directory.EnumerateFiles(folder.Path, "*.csv").Single();

    private Task<PushScene.Ran> PushImagesAsync(DataFolder folder, params string[] args) =>
        PushAsync(folder, ["--category", "image_classification", "--label-column", "label", .. args]);

    private Task<PushScene.Ran> PushAsync(DataFolder folder, params string[] args) => _scene.RunAsync(
        Cancelled,
        [
            "dataset", "push", folder.Path, .. args.Contains("--table") ? args : ["--table", "cats_train", .. args],
        ]);
}
