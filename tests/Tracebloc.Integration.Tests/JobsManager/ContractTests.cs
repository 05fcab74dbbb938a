using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The HTTP contract of the published program, on both databases.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ContractTests(RealCluster cluster, RealDatabases databases) : IClassFixture<RealCluster>
{
    public static TheoryData<ServerKind> Kinds => RealDatabases.Kinds;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_submission_is_created_once_replayed_and_cancelled(ServerKind kind)
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[kind], Cancelled);
        var key = Key();

        var created = await scene.SubmitAsync(key, Cancelled);
        var replayed = await scene.SubmitAsync(key, Cancelled);
        var other = await scene.SubmitAsync(key, Cancelled, ServeScene.Specification() + "\n# other");
        var objects = await scene.ObjectsOfAsync(key, Cancelled);
        var listed = await scene.SendAsync(HttpMethod.Get, ServeScene.Runs, scene.Token, Cancelled);
        var cancelled = await scene.SendAsync(HttpMethod.Delete, $"{ServeScene.Runs}/{key}", scene.Token, Cancelled);

        Assert.Equal((201, 200, 409, 200, 202),
            (created.Status, replayed.Status, other.Status, listed.Status, cancelled.Status));
        Assert.Equal((false, true), ((bool)created.Body["replay"]!, (bool)replayed.Body["replay"]!));
        Assert.Equal(ServeScene.NamesOf(key), objects);
        Assert.Equal([key], listed.Body["runs"]!.AsArray().Select(run => (string?)run!["idempotency_key"]));
        Assert.Equal("cancelled", (string?)cancelled.Body["state"]);
        Assert.Equal(["1"], await scene.QueryAsync("SELECT COUNT(*) FROM ingestion_runs", Cancelled));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_program_that_was_killed_goes_on_with_the_same_run(ServerKind kind)
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[kind], Cancelled);
        var key = Key();
        await scene.SubmitAsync(key, Cancelled);
        await scene.KillAsync();

        await scene.StartAsync(Cancelled);
        var again = await scene.SubmitAsync(key, Cancelled);

        Assert.Equal((200, true), (again.Status, (bool)again.Body["replay"]!));
        Assert.Equal(ServeScene.NamesOf(key), await scene.ObjectsOfAsync(key, Cancelled));
        Assert.Equal(["1"], await scene.QueryAsync("SELECT COUNT(*) FROM ingestion_runs", Cancelled));
    }

    [Fact]
    public async Task The_API_server_and_the_policy_decide_who_may_submit()
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[ServerKind.MySql], Cancelled);
        var own = await scene.TokenOfAsync("ingestor", Cancelled);
        var foreign = await scene.TokenOfAsync("ingestor", Cancelled, "vault");
        var unlisted = await scene.TokenOfAsync("unlisted", Cancelled, "jobs-manager");

        Assert.Equal(401, await ListAsync(scene, null));
        Assert.Equal(401, await ListAsync(scene, "forged"));
        Assert.Equal(401, await ListAsync(scene, foreign));
        Assert.Equal(200, await ListAsync(scene, own));
        Assert.Equal(403, await ListAsync(scene, unlisted, "?table=houses_train"));
        Assert.Equal(403, (await scene.SubmitAsync(Key(), Cancelled, ServeScene.Specification("cars_train"))).Status);

        await scene.WritePolicyAsync("allowed: []\n", Cancelled);
        Assert.Equal(403, (await scene.SubmitAsync(Key(), Cancelled)).Status);
    }

    [Fact]
    public async Task A_wrong_specification_leaves_nothing()
    {
        await using var scene = await ServeScene.StartAsync(cluster, databases[ServerKind.MariaDb], Cancelled);
        var key = Key();

        var answer = await scene.SubmitAsync(key, Cancelled, "apiVersion: tracebloc.io/v1\nkind: Job\n");

        Assert.Equal(422, answer.Status);
        Assert.NotEmpty(answer.Body["errors"]!.AsArray());
        Assert.Empty(await scene.ObjectsOfAsync(key, Cancelled));
        Assert.Equal(["0"], await scene.QueryAsync("SELECT COUNT(*) FROM ingestion_runs", Cancelled));
    }

    private static async Task<int> ListAsync(ServeScene scene, string? bearer, string query = "") =>
        (await scene.SendAsync(HttpMethod.Get, $"{ServeScene.Runs}{query}", bearer, Cancelled)).Status;

    private static string Key() => $"run-{Guid.NewGuid():n}";
}
