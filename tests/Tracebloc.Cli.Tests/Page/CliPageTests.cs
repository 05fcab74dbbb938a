using System.Text.Json.Nodes;
using Tracebloc.Cli.Tests.Pushing;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Page;

/// <summary>docs/cli.md: what a command prints is what this one prints.</summary>
public sealed class CliPageTests : IAsyncLifetime
{
    private const int ScanSize = 4 << 20;

    private PageScene _scene = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await PageScene.StartAsync(Cancelled);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_first_push_and_the_looks_at_its_data_set_are_real()
    {
        _scene.Manager.Accepted = AddPod;
        _scene.Manager.Report(State("accepted"), State("running"), Loaded(8));

        await VerifyAsync("cli-push");
        _scene.Manager.AddDataset(CatsDogs());
        await VerifyAsync("cli-list");
        await VerifyAsync("cli-status");
        await VerifyAsync("cli-again");
        _scene.Add("cats-dogs/images/dog_04.png", SampleImages.Png(64, 64));
        await VerifyAsync("cli-exists");
        _scene.Answers.Enqueue("yes");
        await VerifyAsync("cli-delete");
    }

    [Fact]
    public async Task The_questions_are_real()
    {
        foreach (var answer in (string[])["", "", "", ""]) _scene.Answers.Enqueue(answer);

        await VerifyAsync("cli-ask");

        Assert.Empty(_scene.Answers);
        Assert.Empty(_scene.Manager.Started);
    }

    [Fact]
    public async Task The_description_and_its_check_are_real()
    {
        _scene.Add("houses.csv", "examples/ingest/tabular_regression/rows.csv");

        await VerifyAsync("cli-init");
    }

    [Fact]
    public async Task Faulty_data_is_really_refused()
    {
        _scene.Add("faulty/images", "examples/ingest/image_classification/images");
        _scene.Add("faulty/labels.csv", "examples/ingest/image_classification/faulty-FilesExist/rows.csv");

        await VerifyAsync("cli-faulty");
    }

    [Fact]
    public async Task The_interrupted_push_is_a_real_one()
    {
        _scene.Add("scans/labels.csv", "filename,label\na,lung\nb,skull\nc,lung\n"u8.ToArray());
        foreach (var (at, name) in ((string[])["a", "b", "c"]).Index())
        {
            var noise = new byte[ScanSize];
            new Random(at).NextBytes(noise);
            _scene.Add($"scans/images/{name}.jpg", [.. SampleImages.Jpeg(64, 48), .. noise, 0xFF, 0xD9]);
        }

        _scene.Manager.Report(State("accepted"), State("running"), Loaded(3));
        _scene.InterruptAfter = ScanSize * 2;

        await VerifyAsync("cli-interrupt");
    }

    [Fact]
    public async Task The_detached_run_is_a_real_one()
    {
        _scene.Manager.Report(State("running"), Loaded(8));
        await VerifyAsync("cli-detach");

        _scene.Manager.Report(State("running"));
        await VerifyAsync("cli-cancel");
    }

    [Fact]
    public async Task The_objects_for_programs_are_real()
    {
        _scene.Manager.Report(Loaded(8));

        await VerifyAsync("cli-json");
        await VerifyAsync("cli-json-failure");
    }

    [Fact]
    public async Task The_cluster_and_its_checks_are_real()
    {
        await VerifyAsync("cli-info");
        _scene.Push.Api.Add(Manifests.Parse($$"""
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "ingest-job-4b1d0c3f9a27-x7k2p" },
              "spec": {
                "containers": [{ "name": "ingestor", "image": "ghcr.io/tracebloc/ingestor@{{Scene.Digest}}" }]
              },
              "status": {
                "phase": "Succeeded", "containerStatuses": [{ "state": { "terminated": { "exitCode": 0 } } }]
              }
            }
            """));
        _scene.Manager.Away = "The database gives no answer";
        await VerifyAsync("cli-doctor");
        _scene.Manager.Away = null;

        _scene.Push.Api.Deny("create", "pods/exec");
        await VerifyAsync("cli-denied");
    }

    [Fact]
    public Task The_version_is_a_real_one() => VerifyAsync("cli-version");

    private Task VerifyAsync(string part) => _scene.VerifyAsync(part, Cancelled);

    private static JsonObject State(string state) => new() { ["state"] = state };

    private static JsonObject Loaded(int rows)
    {
        var state = PushTests.Succeeded();
        foreach (var count in (string[])["total_records", "inserted_records", "sent_to_api", "files"])
            state["summary"]![count] = rows;
        state["summary"]!["ingestor_id"] = "5e715dbf-bf58-8f19-a6da-3909ecf0e400";
        state["started_at"] = "2026-01-02T10:15:02+00:00";
        state["ended_at"] = "2026-01-02T10:15:06+00:00";
        return state;
    }

    private JsonObject CatsDogs()
    {
        var run = Manifests.Parse(
            """
            {
              "state": "succeeded", "accepted_at": "2026-01-02T10:15:00+00:00",
              "started_at": "2026-01-02T10:15:02+00:00", "ended_at": "2026-01-02T10:15:06+00:00", "rows": 8
            }
            """);
        run["idempotency_key"] = _scene.Manager.Started[0];
        var dataset = Manifests.Parse(
            """
            {
              "table": "cats_dogs_train", "category": "image_classification", "intent": "train", "state": "ready",
              "rows": 8, "bytes": 32768, "files": 8, "created_at": "2026-01-02T10:15:00+00:00",
              "columns": [
                { "name": "id", "type": "bigint" }, { "name": "filename", "type": "varchar(255)" },
                { "name": "extension", "type": "varchar(16)" }, { "name": "label", "type": "varchar(255)" }
              ],
              "labels": [{ "label": "cat", "count": 4 }, { "label": "dog", "count": 4 }]
            }
            """);
        dataset["last_run"] = run;
        dataset["runs"] = new JsonArray(run.DeepClone());
        return dataset;
    }

    private void AddPod(string job) => _scene.Push.AddRunPod(
        job,
        """{"@t":"2026-01-02T10:15:03Z","@m":"Loading by LOAD DATA LOCAL: the server has local_infile=ON"}""",
        "Table cats_dogs_train: 8 rows loaded, registered");
}
