using Tracebloc.CommandLine;
using Tracebloc.Ingestor.Submitting;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary><c>--config-map</c>: the uid of the ConfigMap tells one installation from the next.</summary>
public sealed class SubmitConfigMapTests : IAsyncLifetime
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private SubmitScene _scene = null!;
    private FakeKubernetesApi _api = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SubmitOptions Options => _scene.Options with
    {
        Key = null,
        ConfigMap = "houses",
        Cluster = new ClusterOptions(_scene.At("kubeconfig"), null),
    };

    public async ValueTask InitializeAsync()
    {
        _scene = await SubmitScene.StartAsync();
        _api = await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions { User = "system:serviceaccount:tracebloc:houses" }, Cancelled);
        await File.WriteAllTextAsync(_scene.At("kubeconfig"), _api.Kubeconfig, Cancelled);
        AddMap();
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task The_key_follows_uid_and_content()
    {
        var uid = (string)_api.Get("configmap/houses")["metadata"]!["uid"]!;

        await _scene.SubmitAsync(Options);
        await _scene.SubmitAsync(Options);

        Assert.Equal(
            SubmitKey.Of(uid, SubmitScene.Houses, null, null), Assert.Single(_scene.Manager.Started));
    }

    [Fact]
    public async Task Uninstalled_and_installed_again_is_a_new_run()
    {
        await _scene.SubmitAsync(Options);
        _api.Delete("configmap/houses");
        AddMap();
        await _scene.SubmitAsync(Options);

        Assert.Equal(2, _scene.Manager.Started.Count);
    }

    [Fact]
    public async Task The_namespace_of_the_context_is_the_default()
    {
        _api.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"houses","namespace":"edge"}}""");
        await _scene.SubmitAsync(Options);
        await _scene.SubmitAsync(Options with { Namespace = "edge" });

        Assert.Equal(2, _scene.Manager.Started.Count);
    }

    [Fact]
    public async Task A_missing_right_is_waited_for_a_moment_and_then_named_with_its_role()
    {
        _api.Deny("get", "configmaps");
        var submitting = _scene.SubmitAsync(Options);

        while (!submitting.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            var pause = _scene.Time.WaitForTimerAsync(due => due <= LongestPause, stop.Token);
            if (await Task.WhenAny(pause, submitting) == pause) _scene.Time.Advance(await pause);
            await stop.CancelAsync();
        }

        Assert.Equal(IngestorExit.Usage, (await submitting).Code);
        Assert.StartsWith("--config-map: GET configmaps/houses in tracebloc: ", _scene.Reason);
        Assert.Contains(
            "grant verb \"get\" on \"configmaps\" of the core API group in a Role in namespace tracebloc "
            + "(resourceNames may name just \"houses\")",
            _scene.Reason);
        Assert.Equal(2, _scene.Logger.Lines.Count);
        Assert.Empty(_scene.Manager.Requests);
    }

    [Fact]
    public async Task A_right_that_was_granted_just_now_is_enough()
    {
        _api.Deny("get", "configmaps");
        var submitting = _scene.SubmitAsync(Options);
        await _scene.Time.WaitForTimerAsync(due => due <= LongestPause, Cancelled);
        _api.Allow("get", "configmaps");

        await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
    }

    [Fact]
    public async Task An_absent_map_is_the_end()
    {
        var (code, _) = await _scene.SubmitAsync(Options with { ConfigMap = "none" });

        Assert.Equal(IngestorExit.Usage, code);
        Assert.Contains("configmaps \"none\" not found (404); check the name and the namespace", _scene.Reason);
    }

    [Fact]
    public async Task Without_a_cluster_the_reason_names_the_kubeconfig()
    {
        var options = Options with { Cluster = new ClusterOptions(_scene.At("none"), null) };

        var (code, _) = await _scene.SubmitAsync(options);

        Assert.Equal(IngestorExit.Usage, code);
        Assert.Contains(_scene.At("none"), _scene.Reason);
    }

    private void AddMap() => _api.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"houses"}}""");
}
