using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake's controllers with a new template; the contract covers the API itself.</summary>
public sealed class FakeRolloutTests : IAsyncLifetime
{
    private FakeKubernetesApi? _api;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(new FakeKubernetesApiOptions { Nodes = 3 }, Cancelled);
        _api.Add(Some.Deployment("web").Replicas(2).Container("api", "r/api:1", ("DIGEST", "one")));
        _api.Add(Some.StatefulSet("db").Replicas(3));
        _api.Add(Some.DaemonSet("agent"));
    }

    [Fact]
    public void What_is_added_runs_and_counts_as_no_rollout()
    {
        Assert.Empty(Api.Rollouts("deployment/web"));
        Assert.Equal(2, (int?)Status("deployment/web", "availableReplicas"));
        Assert.Equal(3, (int?)Status("daemonset/agent", "numberAvailable"));
        Assert.Equal("1",
            (string?)Api.Get("deployment/web")["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]);
    }

    [Fact]
    public void A_new_template_is_a_rollout_and_anything_else_is_none()
    {
        Api.Edit("deployment/web", item => item["metadata"]!["annotations"]!["x"] = "y");
        Api.Edit("deployment/web", item => item["spec"]!["replicas"] = 3);
        Assert.Empty(Api.Rollouts("deployment/web"));

        Restart("deployment/web", "two");
        var rollout = Assert.Single(Api.Rollouts("deployment/web"));
        Assert.Equal("two", rollout.Variable("api", "DIGEST"));
        Assert.Equal("r/api:1", rollout.Image("api"));
        Assert.Equal(3, (int?)Status("deployment/web", "updatedReplicas"));
        Assert.Null(Status("deployment/web", "unavailableReplicas"));
    }

    [Fact]
    public async Task A_paused_Deployment_rolls_nothing_out_until_it_goes_on()
    {
        using var client = Client();
        await client.PatchAsync(
            ResourceType.Deployments, "tracebloc", "web",
                V1Patch.Merge(JsonNode.Parse("""{"spec":{"paused":true}}""")!),
            new PatchOptions(), ContractJson.Default.JsonObject, Cancelled);
        Restart("deployment/web", "two");
        Assert.Empty(Api.Rollouts("deployment/web"));

        Api.Edit("deployment/web", item => item["spec"]!.AsObject().Remove("paused"));
        Assert.Single(Api.Rollouts("deployment/web"));
    }

    [Fact]
    public void A_rollout_under_way_keeps_the_old_pods_until_it_is_set_on()
    {
        Api.OnRollout("deployment/web", RolloutBehaviour.Progresses);
        Restart("deployment/web", "two");
        Assert.Equal((3, 1, 2, 1),
            (Count("replicas"), Count("updatedReplicas"), Count("availableReplicas"), Count("unavailableReplicas")));
        Assert.Equal(["one", "one", "two"], Pods("web").Select(Digest).Order());

        Api.SetRollout("deployment/web", RolloutBehaviour.Completes);
        Assert.Equal((2, 2, 2, 0),
            (Count("replicas"), Count("updatedReplicas"), Count("availableReplicas"), Count("unavailableReplicas")));
        Assert.Equal(["two", "two"], Pods("web").Select(Digest));
        Assert.Single(Api.Rollouts("deployment/web"));
    }

    [Fact]
    public void Each_template_has_a_ReplicaSet_and_all_go_with_their_Deployment()
    {
        Restart("deployment/web", "two");
        Api.OnRollout("deployment/web", RolloutBehaviour.Progresses);
        Restart("deployment/web", "three");

        Assert.Equal([0, 1, 2], Api.List("replicasets").Select(item => (int?)item["spec"]!["replicas"]).Order());
        Api.Delete("deployment/web");

        Assert.Empty(Api.List("replicasets"));
        Assert.Empty(Pods("web"));
    }

    [Fact]
    public void A_rollout_past_its_deadline_says_so_in_its_condition()
    {
        Api.OnRollout("deployment/web", RolloutBehaviour.ExceedsDeadline);
        Restart("deployment/web", "two");

        var condition = Status("deployment/web", "conditions")!.AsArray()
            .Single(c => (string?)c!["type"] == "Progressing")!;
        Assert.Equal(("False", "ProgressDeadlineExceeded"),
            ((string?)condition["status"], (string?)condition["reason"]));
    }

    [Fact]
    public void Each_rollout_is_decided_by_what_it_rolls_out()
    {
        Api.OnRollout("deployment/web", rollout =>
            rollout.Variable("api", "DIGEST") == "bad" ? RolloutBehaviour.CannotPull : RolloutBehaviour.Completes);
        Restart("deployment/web", "bad");
        var waiting = Pods("web").Select(pod => pod["status"]!["containerStatuses"]![0]!["state"]!["waiting"])
            .Single(w => w is not null);
        Assert.Equal("ImagePullBackOff", (string?)waiting!["reason"]);

        Restart("deployment/web", "good");
        Assert.Equal(["good", "good"], Pods("web").Select(Digest));
        Assert.Equal([1, 2], Api.Rollouts("deployment/web").Select(rollout => rollout.Number));
    }

    [Fact]
    public void A_controller_may_not_have_looked_yet()
    {
        Api.OnRollout("deployment/web", RolloutBehaviour.Unobserved);
        Restart("deployment/web", "two");

        Assert.Equal(1, (int?)Status("deployment/web", "observedGeneration"));
        Assert.Equal(2, (int?)Api.Get("deployment/web")["metadata"]!["generation"]);
    }

    [Fact]
    public void A_StatefulSet_begins_with_its_last_pod()
    {
        Api.OnRollout("statefulset/db", RolloutBehaviour.Crashes);
        Restart("statefulset/db", "two");
        var status = Api.Get("statefulset/db")["status"]!;

        Assert.Equal((3, 2, 1),
            ((int?)status["replicas"], (int?)status["readyReplicas"], (int?)status["updatedReplicas"]));
        Assert.NotEqual((string?)status["currentRevision"], (string?)status["updateRevision"]);
        Assert.Equal("CrashLoopBackOff",
            (string?)Api.Get("pod/db-2")["status"]!["containerStatuses"]![0]!["state"]!["waiting"]!["reason"]);
        Api.SetRollout("statefulset/db", RolloutBehaviour.Completes);
        Assert.Equal((string?)Status("statefulset/db", "currentRevision"),
            (string?)Status("statefulset/db", "updateRevision"));
    }

    [Fact]
    public void A_DaemonSet_counts_its_nodes()
    {
        Api.OnRollout("daemonset/agent", RolloutBehaviour.Progresses);
        Restart("daemonset/agent", "two");

        Assert.Equal((3, 1, 2, 1), (
            (int?)Status("daemonset/agent", "desiredNumberScheduled"),
                (int?)Status("daemonset/agent", "updatedNumberScheduled"),
            (int?)Status("daemonset/agent", "numberAvailable"), (int?)Status("daemonset/agent", "numberUnavailable")));
    }

    [Fact]
    public async Task A_resource_that_is_not_registered_is_refused_and_fails_the_test()
    {
        var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        using var client = new KubernetesClient(
            new() { Server = api.Address, Token = api.Token }, new ManualTimeProvider());
        var error = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(
            new ResourceType("acme.example.com", "v1", "jobs", "Job"), "tracebloc", "x",
            ContractJson.Default.JsonObject, Cancelled));
        Assert.Equal(501, error.Code);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await api.DisposeAsync());
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private KubernetesClient Client() => new(new() { Server = Api.Address, Token = Api.Token }, TimeProvider.System);

    private void Restart(string workload, string digest) => Api.Edit(workload, item =>
        item["spec"]!["template"]!["spec"]!["containers"]![0]!["env"] =
            new JsonArray(new JsonObject { ["name"] = "DIGEST", ["value"] = digest }));

    private JsonNode? Status(string workload, string field) => Api.Get(workload)["status"]![field];

    private int Count(string field) => (int?)Status("deployment/web", field) ?? 0;

    private IEnumerable<JsonObject> Pods(string app) =>
        Api.List("pods").Where(pod => (string?)pod["metadata"]!["labels"]!["app"] == app);

    private static string? Digest(JsonObject pod) => (string?)pod["spec"]!["containers"]![0]!["env"]![0]!["value"];
}
