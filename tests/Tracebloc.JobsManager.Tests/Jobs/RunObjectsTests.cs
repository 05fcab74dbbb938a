using System.Text.Json.Nodes;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Jobs;

public sealed class RunObjectsTests : IAsyncLifetime
{
    private static readonly IngestionRun Run = Some.Run();

    private readonly RunScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RunNames Names => RunNames.OfRun(Run);

    public async ValueTask InitializeAsync() => await _scene.StartAsync(Token);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_run_gets_its_Job_first_and_then_what_its_pod_waits_for()
    {
        var uid = await _scene.Objects.EnsureAsync(Run, Token);

        Assert.Equal(
            ["create jobs", "create configmaps", "create secrets"], _scene.Api.Writes.Select(each => $"{each}"));
        Assert.Equal(uid, _scene.UidOf($"job/{Run.JobName}"));
        Assert.Equal(uid, _scene.OwnerOf($"configmap/{Names.ConfigMap}"));
        Assert.Equal(uid, _scene.OwnerOf($"secret/{Names.Secret}"));
    }

    [Theory]
    [InlineData(null, false, null)]
    [InlineData(null, true, "example.com/ingestor:prod")]
    [InlineData("sha256:1", true, "example.com/ingestor@sha256:1")]
    public async Task The_image_of_the_installation_takes_a_run_back(string? digest, bool hasTag, string? image)
    {
        await using var scene = new RunScene
        {
            Image = new RunImage("example.com/ingestor", hasTag ? "prod" : null, digest),
        };
        await scene.StartAsync(Token);

        await scene.Objects.EnsureAsync(Run, Token);
        await scene.Objects.EnsureUndoAsync(Run, Token);

        Assert.Equal(Run.Image, ImageOf(scene, Run.JobName));
        Assert.Equal(image ?? Run.Image, ImageOf(scene, Run.UndoJobName));
    }

    [Fact]
    public async Task A_second_call_adopts_everything_that_is_there()
    {
        var uid = await _scene.Objects.EnsureAsync(Run, Token);
        var (map, secret) = (_scene.UidOf($"configmap/{Names.ConfigMap}"), _scene.UidOf($"secret/{Names.Secret}"));

        Assert.Equal(uid, await _scene.Objects.EnsureAsync(Run, Token));

        Assert.Equal(map, _scene.UidOf($"configmap/{Names.ConfigMap}"));
        Assert.Equal(secret, _scene.UidOf($"secret/{Names.Secret}"));
        Assert.Equal(0, _scene.Api.Count("get", "secrets"));
    }

    [Theory]
    [InlineData("job")]
    [InlineData("configmap")]
    public async Task An_object_of_another_owner_is_left_alone_and_named(string kind)
    {
        var name = kind == "job" ? Run.JobName : Names.ConfigMap;
        _scene.Api.Add(kind == "job" ? ForeignJob(name) : ForeignMap(name));

        var foreign = await Assert.ThrowsAsync<ForeignObjectException>(
            () => _scene.Objects.EnsureAsync(Run, Token));

        Assert.Contains($"{name} in namespace tracebloc belongs to something else than run run-7", foreign.Message);
        Assert.Contains("delete it, or submit under another key", foreign.Message);
        Assert.Null((string?)_scene.Api.Get($"{kind}/{name}")["metadata"]?["annotations"]?[RunNames.KeyAnnotation]);
    }

    [Fact]
    public async Task The_ConfigMap_of_an_earlier_Job_is_replaced_before_it_goes_with_that_Job()
    {
        await _scene.Objects.EnsureAsync(Run, Token);
        _scene.Api.Edit($"configmap/{Names.ConfigMap}", body =>
        {
            body["metadata"]!["ownerReferences"]![0]!["uid"] = "an earlier Job";
            body["metadata"]!["annotations"]![RunNames.ContentAnnotation] = "other content";
        });

        var uid = await _scene.Objects.EnsureAsync(Run, Token);

        Assert.Equal(uid, _scene.OwnerOf($"configmap/{Names.ConfigMap}"));
    }

    [Fact]
    public async Task A_Job_that_is_being_deleted_is_not_adopted()
    {
        await _scene.Objects.EnsureAsync(Run, Token);
        _scene.Api.Edit(
            $"job/{Run.JobName}", body => body["metadata"]!["finalizers"] = new JsonArray("other/Finalizer"));
        _scene.Api.Delete($"job/{Run.JobName}");

        var ending = await Assert.ThrowsAsync<EndingObjectException>(() => _scene.Objects.EnsureAsync(Run, Token));

        Assert.Contains("is being deleted", ending.Message);
    }

    [Fact]
    public async Task A_Job_that_has_ended_needs_no_objects()
    {
        var uid = await _scene.Objects.EnsureAsync(Run, Token);
        _scene.EndPod(0);
        _scene.Api.Delete($"secret/{Names.Secret}");

        Assert.Equal(uid, await _scene.Objects.EnsureAsync(Run, Token));

        Assert.Null(_scene.Api.Find($"secret/{Names.Secret}"));
    }

    [Fact]
    public async Task Deleting_the_Job_leaves_nothing_behind_and_may_be_repeated()
    {
        await _scene.Objects.EnsureAsync(Run, Token);

        await _scene.Objects.DeleteAsync(Run, Run.JobName, Token);
        await _scene.Objects.DeleteAsync(Run, Run.JobName, Token);

        Assert.All(["jobs", "pods", "configmaps", "secrets"], kind => Assert.Empty(_scene.Api.List(kind)));
        Assert.Equal("Background", _scene.Api.Writes[^1].Query["propagationPolicy"]);
    }

    [Fact]
    public async Task A_Job_without_retries_fails_and_stays()
    {
        await _scene.Objects.EnsureAsync(Run, Token);
        _scene.EndPod(1);

        await _scene.Objects.StopRetryingAsync(Run, Run.JobName, Token);

        var job = _scene.Api.Get($"job/{Run.JobName}");
        Assert.Equal(0, (int?)job["spec"]?["backoffLimit"]);
        Assert.Equal("Failed", (string?)job["status"]?["conditions"]?[0]?["type"]);
    }

    [Fact]
    public async Task A_lost_answer_is_a_failure_that_a_second_call_mends()
    {
        _scene.Api.Fail("create", "configmaps", FakeFault.DropAfter);

        await Assert.ThrowsAsync<KubernetesException>(() => _scene.Objects.EnsureAsync(Run, Token));
        await _scene.Objects.EnsureAsync(Run, Token);

        Assert.Single(_scene.Api.List("jobs"));
        Assert.Single(_scene.Api.List("configmaps"));
        Assert.Single(_scene.Api.List("secrets"));
    }

    private static string ForeignJob(string name) => """
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "NAME"}, "spec": {"template": {"spec": {
          "restartPolicy": "Never", "containers": [{"name": "other", "image": "other"}]}}}}
        """.Replace("NAME", name, StringComparison.Ordinal);

    private static string ForeignMap(string name) =>
        """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "data": {"a": "b"}}"""
            .Replace("NAME", name, StringComparison.Ordinal);

    private static string? ImageOf(RunScene scene, string job) => (string?)scene.Api.Get($"job/{job}")
        ["spec"]!["template"]!["spec"]!["containers"]![0]!["image"];
}
