using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Tests.Datasets;

namespace Tracebloc.JobsManager.Tests.Web;

public sealed class DatasetRoutesTests
{
    private const string Datasets = "/internal/datasets";

    private static readonly FakeDataset Houses = new("houses_train")
    {
        Runs = [new FakeJournalRun { Summary = """{"category":"tabular_regression","files":0}""" }],
        Labels = [("secret", 3)],
    };

    private static readonly FakeDataset Flats = new("flats_train")
    {
        Labels = [("cat", 2), (null, 1)],
        Runs = [new FakeJournalRun { Key = "run-8" }],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_sees_the_data_sets_of_tables_that_it_may_write()
    {
        await using var serve = await StartAsync(Houses, Flats, new FakeDataset("cars_train"));

        var own = await serve.SendAsync("GET", Datasets, Token);
        var others = await serve.SendAsync("GET", Datasets, null, serve.OtherToken.Value, Token);

        Assert.Equal(
            """
            {"datasets":[{"table":"flats_train","category":"image_classification","intent":"train","state":"ready",
            "rows":3,"bytes":16384,"files":5,"created_at":"2026-01-02T03:04:05+00:00",
            "last_run":{"idempotency_key":"run-8","state":"succeeded","accepted_at":"2026-01-02T03:04:05+00:00",
            "started_at":"2026-01-02T03:04:05+00:00","ended_at":"2026-01-02T03:05:05+00:00","rows":3},"error":null},
            """.ReplaceLineEndings(""),
            own.Text[..own.Text.IndexOf("""{"table":"houses""", StringComparison.Ordinal)]);
        Assert.Equal(["flats_train", "houses_train"], Tables(own));
        Assert.Equal(["cars_train"], Tables(others));
    }

    [Fact]
    public async Task A_data_set_is_shown_with_its_columns_its_labels_and_its_runs()
    {
        await using var serve = await StartAsync(Flats);
        await AddAsync(serve, RunChanges.Succeeded(Some.Run("run-8"), "{}", Some.Time), "flats_train");

        var answer = await serve.SendAsync("GET", $"{Datasets}/flats_train", Token);

        Assert.Equal(200, answer.Status);
        Assert.EndsWith(
            """
            "error":null,"columns":[{"name":"id","type":"bigint"},{"name":"rooms","type":"int"}],
            "labels":[{"label":"cat","count":2},{"label":null,"count":1}],"more_labels":false,
            "runs":[{"idempotency_key":"run-8","state":"succeeded","accepted_at":"2026-01-02T03:04:05+00:00",
            "started_at":"2026-01-02T03:04:05+00:00","ended_at":"2026-01-02T03:04:05+00:00","rows":3}]}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task Targets_are_values_of_their_owner_and_are_not_counted()
    {
        await using var serve = await StartAsync(Houses);

        var answer = await serve.SendAsync("GET", $"{Datasets}/houses_train", Token);

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("label", answer.Text);
        Assert.DoesNotContain(serve.Table.Sent, text => text.Contains("CONVERT(label", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "houses_none", 404, "There is no data set houses_none")]
    [InlineData("DELETE", "houses_none", 404, "There is no data set houses_none")]
    [InlineData("DELETE", "houses_none?dry_run=true", 404, "There is no data set houses_none")]
    [InlineData("GET", "houses_%60x", 404, "There is no data set houses_`x")]
    [InlineData("GET", "cars_train", 403, "not write table cars_train; it may write tables that begin with houses_")]
    [InlineData("DELETE", "cars_train", 403, "it may write tables that begin with houses_, flats_")]
    [InlineData("GET", "houses_train?rows=1", 400, "The query must be empty")]
    [InlineData("DELETE", "houses_train?dry_run=yes", 400, "The query may be ?dry_run=true only")]
    [InlineData("DELETE", "houses_train?force=true", 400, "The query may be ?dry_run=true only")]
    public async Task Every_other_call_is_refused_with_its_reason(string method, string path, int status, string detail)
    {
        await using var serve = await StartAsync(Houses, new FakeDataset("cars_train"));

        var answer = await serve.SendAsync(method, $"{Datasets}/{path}", Token);

        Assert.Equal(status, answer.Status);
        Assert.Contains(detail, answer.Detail);
        Assert.Empty(serve.Table.Deletions.States);
    }

    [Fact]
    public async Task Before_the_first_run_there_is_none()
    {
        await using var serve = await StartAsync();
        serve.Table.Datasets.HasJournal = false;

        Assert.Equal("""{"datasets":[]}""", (await serve.SendAsync("GET", Datasets, Token)).Text);
        Assert.Equal(404, (await serve.SendAsync("GET", $"{Datasets}/houses_train", Token)).Status);
    }

    [Fact]
    public async Task A_missing_grant_is_another_answer_than_an_empty_database()
    {
        await using var serve = await StartAsync(Houses);
        serve.Table.Datasets.IsDenied = true;

        var answer = await serve.SendAsync("GET", Datasets, Token);

        Assert.Equal(503, answer.Status);
        Assert.Equal(
            "The database account of jobs-manager may not read the data sets; grant it SELECT on "
            + "training_test_datasets.*, as the client chart does",
            answer.Detail);
    }

    [Fact]
    public async Task A_deletion_that_is_only_tried_names_what_would_go_and_changes_nothing()
    {
        await using var serve = await StartAsync(Flats);

        var answer = await serve.SendAsync("DELETE", $"{Datasets}/flats_train?dry_run=true", Token);

        Assert.Equal(
            (200, """{"table":"flats_train","rows":3,"bytes":16384,"files":5,"runs":1}"""),
            (answer.Status, answer.Text));
        Assert.Empty(serve.Table.Deletions.States);
        Assert.Equal(0, serve.Api.Count("create", "jobs"));
    }

    [Fact]
    public async Task Where_counting_takes_long_the_rows_are_those_of_the_runs()
    {
        await using var serve = await new ServeFixture
        {
            Deadlines = new Deadlines { Count = TimeSpan.FromMilliseconds(200) },
        }.StartedAsync(Token);
        serve.Table.Datasets.Add(Flats with { Rows = 100 });
        serve.Table.Datasets.CountsForever = true;

        var tried = await serve.SendAsync("DELETE", $"{Datasets}/flats_train?dry_run=true", Token);
        var shown = await serve.SendAsync("GET", $"{Datasets}/flats_train", Token);

        Assert.Equal((200, 3), (tried.Status, (int)tried.Json["rows"]!));
        Assert.Equal((200, false), (shown.Status, shown.Json.AsObject().ContainsKey("labels")));
    }

    [Fact]
    public async Task A_data_set_is_deleted_by_a_Job_and_then_gone()
    {
        await using var serve = await StartAsync(Flats);
        await AddAsync(serve, RunChanges.Succeeded(Some.Run("run-8"), "{}", Some.Time), "flats_train");

        var accepted = await serve.SendAsync("DELETE", $"{Datasets}/flats_train", Token);
        var again = await serve.SendAsync("DELETE", $"{Datasets}/flats_train", Token);
        var shown = await serve.SendAsync("GET", $"{Datasets}/flats_train", Token);

        Assert.Equal((202, 202, accepted.Text), (accepted.Status, again.Status, again.Text));
        Assert.Equal(
            ("tracebloc", "flats_train"), ((string?)accepted.Json["namespace"], (string?)accepted.Json["table"]));
        Assert.Equal("deleting", (string?)shown.Json["state"]);
        var job = (string?)accepted.Json["job_name"] ?? "";
        await serve.Api.WaitForCallAsync(call => call is { Verb: "create", Resource: "jobs", Status: 201 }, Token);
        serve.Table.Datasets.Remove("flats_train");
        serve.Api.EndPod((string?)Assert.Single(serve.Api.List("pods"))["metadata"]!["name"] ?? "", 0);
        await serve.Api.WaitForCallAsync(
            call => call is { Verb: "delete", Resource: "jobs" } && call.Name == job, Token);
        await serve.UntilAsync(
            async token => (await serve.SendAsync("GET", $"{Datasets}/flats_train", token)).Status == 404, Token);
        var run = await serve.SendAsync("GET", $"{ServeFixture.Runs}/run-8", Token);
        Assert.Equal("succeeded", (string?)run.Json["state"]);
        Assert.NotNull(run.Json["deleted_at"]);
    }

    [Theory]
    [InlineData("accepted", "Run run-8 of table flats_train is accepted; cancel it")]
    [InlineData("failed", "Run run-8 of table flats_train is being taken back")]
    public async Task A_data_set_that_a_run_changes_is_not_deleted(string state, string detail)
    {
        await using var serve = await StartAsync(Flats);
        var run = state == "accepted" ? Some.Run("run-8") : RunChanges.Failed(Some.Run("run-8"), "x", false, Some.Time);
        serve.Api.Fail("create", "jobs", Testing.Kubernetes.FakeFault.Status(503), times: 1000);
        await AddAsync(serve, run, "flats_train");

        var refused = await serve.SendAsync("DELETE", $"{Datasets}/flats_train", Token);
        var tried = await serve.SendAsync("DELETE", $"{Datasets}/flats_train?dry_run=true", Token);

        Assert.Equal((409, 409, refused.Text), (refused.Status, tried.Status, tried.Text));
        Assert.StartsWith(detail, refused.Detail);
        Assert.Empty(serve.Table.Deletions.States);
    }

    [Fact]
    public async Task A_deletion_ends_where_a_run_was_submitted_at_the_same_time()
    {
        await using var serve = await StartAsync(Flats);
        serve.Table.Deletions.OnAdd = () => serve.Table.AddBehind(
            Some.Run("run-9") with { Request = Some.Run("run-9").Request with { Table = "flats_train" } });

        var accepted = await serve.SendAsync("DELETE", $"{Datasets}/flats_train", Token);

        Assert.Equal(202, accepted.Status);
        await serve.UntilAsync(_ => Task.FromResult(serve.Table.Deletions.States is ["failed"]), Token);
        Assert.DoesNotContain(
            serve.Api.List("jobs"),
            job => (string?)job["metadata"]!["name"] == (string?)accepted.Json["job_name"]);
        var shown = await serve.SendAsync("GET", $"{Datasets}/flats_train", Token);
        Assert.StartsWith("Run run-9 of table flats_train is accepted", (string?)shown.Json["error"]);
    }

    [Fact]
    public async Task A_run_is_taken_back_where_a_deletion_was_asked_for_at_the_same_time()
    {
        await using var serve = await StartAsync(Houses);
        serve.Table.OnAdd = () => serve.Table.Deletions.AddBehind(Wanted());

        var refused = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (refused.Status, refused.RetryAfter));
        Assert.StartsWith("Data set houses_train is being deleted", refused.Detail);
        Assert.Equal((0, 0), (serve.Table.Count, serve.Api.Count("create", "configmaps")));
    }

    [Fact]
    public async Task A_table_takes_no_run_until_the_last_of_its_deletions_has_ended()
    {
        await using var serve = await StartAsync(Houses);
        var (first, second) = (Wanted(), Wanted() with { Id = "fedcba987654", RequestedAt = Some.Time.AddSeconds(1) });
        serve.Table.Deletions.AddBehind(second with { State = DeletionState.Done, EndedAt = Some.Time.AddSeconds(2) });
        serve.Table.Deletions.AddBehind(first);

        var refused = await serve.SubmitAsync(ServeFixture.Body(), Token);
        var joined = await serve.SendAsync("DELETE", $"{Datasets}/houses_train", Token);
        var shown = await serve.SendAsync("GET", $"{Datasets}/houses_train", Token);

        Assert.Equal((503, 202), (refused.Status, joined.Status));
        Assert.Equal(first.JobName, (string?)joined.Json["job_name"]);
        Assert.Equal("deleting", (string?)shown.Json["state"]);
        Assert.Equal(["done", "wanted"], serve.Table.Deletions.States);
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_takes_no_run()
    {
        await using var serve = await StartAsync(Houses);
        await serve.SendAsync("DELETE", $"{Datasets}/houses_train", Token);

        var answer = await serve.SubmitAsync(ServeFixture.Body(), Token);

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (answer.Status, answer.RetryAfter));
        Assert.StartsWith("Data set houses_train is being deleted", answer.Detail);
        Assert.Equal(0, serve.Table.Count);
    }

    [Fact]
    public async Task A_list_shows_the_last_deletion_of_a_table_as_the_data_set_alone_does()
    {
        await using var serve = await StartAsync(Flats, Houses);
        var failed = Wanted() with { State = DeletionState.Failed, Error = "no space" };
        serve.Table.Deletions.AddBehind(failed);
        serve.Table.Deletions.AddBehind(failed with { Id = "123456789abc", Table = "flats_train" });
        serve.Table.Deletions.AddBehind(failed with
        {
            Id = "23456789abcd",
            State = DeletionState.Done,
            RequestedAt = failed.RequestedAt.AddMinutes(1),
            EndedAt = failed.RequestedAt.AddMinutes(2),
            Error = null,
        });

        var list = (await serve.SendAsync("GET", Datasets, Token)).Json["datasets"]!.AsArray();

        Assert.Equal(["no space", null], list.Select(each => (string?)each!["error"]));
        foreach (var each in list)
            Assert.Equal(
                (string?)each!["error"],
                (string?)(await serve.SendAsync("GET", $"{Datasets}/{(string?)each["table"]}", Token)).Json["error"]);
    }

    private static DatasetDeletion Wanted() => new()
    {
        Id = "0123456789ab",
        Table = "houses_train",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ingestor",
        RequestedAt = Some.Time,
    };

    private static async Task<ServeFixture> StartAsync(params IReadOnlyList<FakeDataset> datasets)
    {
        var serve = await ServeFixture.StartAsync(Token);
        foreach (var each in datasets) serve.Table.Datasets.Add(each);
        return serve;
    }

    private static async Task AddAsync(ServeFixture serve, IngestionRun run, string table) => Assert.True(
        await serve.Table.Store.TryAddAsync(run with { Request = run.Request with { Table = table } }, Token));

    private static IReadOnlyList<string> Tables(Received answer) =>
        [.. answer.Json["datasets"]!.AsArray().Select(each => (string?)each!["table"] ?? "")];
}
