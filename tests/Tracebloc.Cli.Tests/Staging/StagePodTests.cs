using System.Text.Json.Nodes;
using Tracebloc.Cli.Staging;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Staging;

public sealed class StagePodTests
{
    private readonly List<string> _waits = [], _warnings = [];
    private readonly TaskCompletionSource _unschedulable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_is_there_until_it_is_disposed()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        await using (var pod = await StartedAsync(scene))
        {
            Assert.StartsWith("tracebloc-stage-cats-", pod.Name, StringComparison.Ordinal);
            Assert.Equal([pod.Name], Staged(scene));
        }

        Assert.Empty(Staged(scene));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task The_restricted_profile_admits_it()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        Enforce(scene, "restricted");

        await using var pod = await StartedAsync(scene);

        Assert.Equal([pod.Name], Staged(scene));
    }

    [Fact]
    public async Task Commands_run_in_its_container()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        FakeExec? seen = null;
        scene.Api.OnExec(command =>
        {
            seen = command;
            return new FakeExecResult(0);
        });

        await using var pod = await StartedAsync(scene);
        await using (var exec = await pod.ExecAsync(["--folder", "cats-1"], Cancelled))
        {
            await exec.CloseInputAsync(Cancelled);
            Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
        }

        Assert.Equal(("stage", pod.Name), (seen?.Container, seen?.Pod));
        Assert.Equal(["/program", "stage", "--folder", "cats-1"], seen?.Command);
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_ends_it_at_once()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        var starting = StartAsync(scene);
        var pod = await CreatedAsync(scene);
        Become(scene, pod, Waiting("ErrImagePull", "401 Unauthorized"));
        Become(scene, pod, Waiting("ImagePullBackOff", "Back-off pulling image"));

        await RefusedAsync(
            starting, CliExit.Staging,
            $"Staging pod {pod} did not start: ImagePullBackOff: Back-off pulling image; check that "
            + "the cluster's nodes can "
            + $"pull ghcr.io/tracebloc/ingestor@{Scene.Digest}, and the pull secret of the client chart");
        Assert.Empty(Staged(scene));
        Assert.Contains("ErrImagePull: 401 Unauthorized", _waits);
    }

    [Fact]
    public async Task A_pod_that_no_node_takes_is_waited_for_and_then_removed()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        var time = new ManualTimeProvider();
        scene.Time = time;

        var starting = StartAsync(scene);
        var pod = await CreatedAsync(scene);
        Become(scene, pod, Unschedulable());
        await _unschedulable.Task.WaitAsync(Bound.OfWaits, Cancelled);
        time.Advance(new StageDeadlines().Start);

        await RefusedAsync(
            starting, CliExit.Staging,
            $"Staging pod {pod} did not start within 300 s: Unschedulable: 0/1 nodes are available; "
            + "free resources on the "
            + "nodes, or check the volume and the node selector of the client chart");
        Assert.Empty(Staged(scene));
    }

    [Fact]
    public async Task A_pod_that_is_deleted_meanwhile_is_missed()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        var starting = StartAsync(scene);
        var pod = await CreatedAsync(scene);
        scene.Api.Delete($"pod/{pod}");

        await RefusedAsync(
            starting, CliExit.Staging,
            $"Staging pod {pod} did not start: it was deleted; kubectl get events -n tracebloc --field-selector "
            + $"involvedObject.name={pod} has more");
    }

    [Fact]
    public async Task A_refusal_by_the_profile_of_the_namespace_has_the_reason_and_no_advice_about_Roles()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Fail("create", "pods", FakeFault.Status(
            403, "Forbidden", "pods \"x\" is forbidden: violates PodSecurity \"custom:latest\": hostNetwork"));

        var fault = await RefusedAsync(StartAsync(scene), CliExit.Staging, "Staging pod tracebloc-stage-cats-");

        Assert.Contains("violates PodSecurity \"custom:latest\": hostNetwork", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("grant verb", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "pods \"x\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=9, limited: pods=9",
        CliExit.Staging, "; free some of the namespace's quota, or raise it")]
    [InlineData(
        "pods is forbidden: User \"ada\" cannot create resource \"pods\" in API group \"\" in the "
        + "namespace \"tracebloc\"",
        CliExit.NotPermitted,
        "; grant verb \"create\" on \"pods\" of the core API group in a Role in namespace tracebloc")]
    public async Task A_refusal_has_its_exit_code_and_its_remedy(string message, int exitCode, string remedy)
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Fail("create", "pods", FakeFault.Status(403, "Forbidden", message));

        var fault = await RefusedAsync(StartAsync(scene), exitCode, "Staging pod tracebloc-stage-cats-");

        Assert.EndsWith($"{message} (403){remedy}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, scene.Api.Count("delete", "pods"));
    }

    [Fact]
    public async Task An_interruption_while_it_is_created_leaves_nothing()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var interrupted = new TaskCompletionSource();
        scene.Api.Fail("create", "pods", FakeFault.First(async _ =>
        {
            await interruption.CancelAsync();
            interrupted.SetResult();
        }));

        var answer = 0;
        scene.Api.Fail("delete", "pods", FakeFault.First(_ =>
        {
            answer = scene.Api.Calls.Single(call => call is { Verb: "create", Resource: "pods" }).Status;
            return Task.CompletedTask;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(scene, interruption.Token));

        Assert.True(interrupted.Task.IsCompleted);
        // The answer is waited for: a request in flight would create the pod after its deletion.
        Assert.Equal(201, answer);
        Assert.Equal(1, scene.Api.Count("create", "pods"));
        Assert.Equal(1, scene.Api.Count("delete", "pods"));
        Assert.Empty(Staged(scene));
    }

    [Fact]
    public async Task An_interruption_while_it_starts_leaves_nothing()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var starting = StartAsync(scene, interruption.Token);
        await CreatedAsync(scene);
        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Empty(Staged(scene));
    }

    [Fact]
    public async Task A_pod_whose_creation_got_no_answer_is_removed()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Fail("create", "pods", FakeFault.DropAfter);

        await RefusedAsync(StartAsync(scene), CliExit.Staging, "Staging pod tracebloc-stage-cats-");

        Assert.Empty(Staged(scene));
    }

    [Fact]
    public async Task A_pod_that_appears_late_is_removed_too()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        var time = new ManualTimeProvider();
        scene.Time = time;
        scene.Api.Fail("create", "pods", FakeFault.DropBefore);

        var starting = StartAsync(scene);
        await time.WaitForTimerAsync(left => left == new StageDeadlines().RemovalPause, Cancelled);
        var name = scene.Api.Calls.Last(call => call is { Verb: "delete", Resource: "pods" }).Name!;
        scene.Api.Add(StagedPod(name, "Running"));
        time.Advance(new StageDeadlines().RemovalPause);

        await Assert.ThrowsAsync<CliException>(() => starting);
        Assert.Empty(Staged(scene));
    }

    [Fact]
    public async Task A_pod_that_cannot_be_deleted_is_a_warning_with_the_command()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        var pod = await StartedAsync(scene);
        scene.Api.Fail("delete", "pods", FakeFault.Status(422, "Invalid", "not now"));

        await pod.DisposeAsync();

        var warning = Assert.Single(_warnings);
        Assert.StartsWith(
            $"Staging pod {pod.Name} was not deleted, and ends by itself in 12 h: DELETE pods/{pod.Name}", warning,
            StringComparison.Ordinal);
        Assert.EndsWith($"; kubectl delete pod -n tracebloc {pod.Name}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_has_lost_its_place_begins_anew()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Fail("watch", "pods", FakeFault.Status(410, "Expired", "too old resource version"));

        await using var pod = await StartedAsync(scene);

        Assert.Equal([pod.Name], Staged(scene));
    }

    [Fact]
    public async Task Whether_the_cluster_takes_it_can_be_asked_without_making_one()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        await StagePod.TryAsync(scene.Open(), Target, new StageDeadlines(), Cancelled);

        Assert.Empty(Staged(scene));
        Assert.Equal("All", Assert.Single(scene.Api.Writes).Query["dryRun"]);
    }

    internal static JsonObject StagedPod(string name, string phase) => Manifests.Parse($$"""
        {
          "apiVersion": "v1", "kind": "Pod",
          "metadata": {
            "name": "{{name}}",
            "labels": { "app.kubernetes.io/managed-by": "tracebloc", "tracebloc.io/component": "stage" }
          },
          "spec": { "containers": [{ "name": "stage", "image": "i" }] },
          "status": { "phase": "{{phase}}" }
        }
        """);

    internal static List<string> Staged(Scene scene) =>
    [
        .. scene.Api.List("pods")
            .Where(pod => (string?)pod["metadata"]!["labels"]?["tracebloc.io/component"] == "stage")
            .Select(pod => (string)pod["metadata"]!["name"]!),
    ];

    private static StageTarget Target { get; } = new(Scene.Release, "ingestor", "cats", "cats-1");

    private Task<StagePod> StartAsync(Scene scene, CancellationToken? token = null) => StagePod.StartAsync(
        scene.Open(), Target, new StageDeadlines(), new StageNotes(NoteWait, _warnings.Add),
        token ?? Cancelled);

    private async Task<StagePod> StartedAsync(Scene scene)
    {
        var starting = StartAsync(scene);
        Become(scene, await CreatedAsync(scene), Ready());
        return await starting;
    }

    /// <summary>The pod's name, once the program follows it.</summary>
    private static async Task<string> CreatedAsync(Scene scene)
    {
        var watch = await scene.Api.WaitForCallAsync(
            call => call is { Verb: "watch", Resource: "pods", Status: 200 }, Cancelled);
        return watch.Name!;
    }

    private static void Become(Scene scene, string pod, JsonObject status) =>
        scene.Api.Edit($"pod/{pod}", body => body["status"] = status);

    private void NoteWait(string reason)
    {
        lock (_waits) _waits.Add(reason);
        if (reason.StartsWith("Unschedulable", StringComparison.Ordinal)) _unschedulable.TrySetResult();
    }

    private static async Task<CliException> RefusedAsync(Task starting, int exitCode, string start)
    {
        var fault = await Assert.ThrowsAsync<CliException>(() => starting);
        Assert.StartsWith(start, fault.Message, StringComparison.Ordinal);
        Assert.Equal(exitCode, fault.ExitCode);
        return fault;
    }

    private static void Enforce(Scene scene, string profile) => scene.Api.Edit("namespace/tracebloc", ns =>
        ns["metadata"]!["labels"] = new JsonObject { ["pod-security.kubernetes.io/enforce"] = profile });

    private static JsonObject Ready() => Manifests.Parse(
        """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""");

    private static JsonObject Unschedulable() => Manifests.Parse(
        """
        {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
        "message":"0/1 nodes are available"}]}
        """);

    private static JsonObject Waiting(string reason, string message) => Manifests.Parse($$$"""
        {"phase":"Pending","containerStatuses":[
        {"state":{"waiting":{"reason":"{{{reason}}}","message":"{{{message}}}"} } }]}
        """);
}
