using Tracebloc.Cli.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Runs;

/// <summary>The calls of jobs-manager over a connection that is made anew when it breaks.</summary>
public sealed class ReleaseRunsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_that_is_replaced_in_the_middle_is_no_failure()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        using var runs = await OpenAsync(scene);
        Assert.Empty(await runs.Client.DatasetsAsync(Cancelled));

        scene.Api.Delete($"pod/{(string?)scene.Api.List("pods")[0]["metadata"]!["name"]}");
        scene.Api.Add(Manifests.Parse(
            """
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "successor", "labels": { "app": "manager" } },
              "spec": { "containers": [{ "name": "api", "image": "i" }] },
              "status": { "phase": "Running", "conditions": [{ "type": "Ready", "status": "True" }] }
            }
            """));
        scene.Api.Forward("successor", 8080, scene.Manager.Port);
        scene.Api.CutStreams();

        Assert.Empty(await runs.Client.RunsAsync(null, Cancelled));
        Assert.Equal(1, scene.Api.Count("get", "pods/portforward", "successor"));
    }

    [Fact]
    public async Task One_token_serves_all_calls_until_it_is_rejected()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        using var runs = await OpenAsync(scene);
        await runs.Client.DatasetsAsync(Cancelled);
        await runs.Client.DatasetsAsync(Cancelled);
        Assert.Equal(1, scene.Api.Count("create", "serviceaccounts/token"));

        var first = scene.Manager.Requests[0].Authorization;
        scene.Manager.Accepts = bearer => $"Bearer {bearer}" != first;
        await runs.Client.DatasetsAsync(Cancelled);

        Assert.Equal(2, scene.Api.Count("create", "serviceaccounts/token"));
    }

    [Fact]
    public async Task A_server_that_has_just_restarted_and_knows_no_roles_yet_is_asked_again()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        using var runs = await OpenAsync(scene);
        Assert.Empty(await runs.Client.DatasetsAsync(Cancelled));

        scene.Api.CutStreams();
        scene.Api.Fail("get", "pods/portforward", FakeFault.Status(403, "Forbidden", "is forbidden"));

        Assert.Empty(await runs.Client.DatasetsAsync(Cancelled));
        Assert.Equal(3, scene.Api.Count("get", "pods/portforward"));
    }

    [Fact]
    public async Task A_right_that_is_missing_ends_a_call_at_once()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("get", "pods/portforward");
        using var runs = await OpenAsync(scene);

        var fault = await Assert.ThrowsAsync<KubernetesException>(() => runs.Client.DatasetsAsync(Cancelled));

        Assert.Equal(CliExit.NotPermitted, Fault.ExitCodeOf(fault));
        Assert.Equal(1, scene.Api.Count("get", "pods/portforward"));
    }

    [Fact]
    public async Task A_table_that_no_account_may_write_is_refused_before_any_call()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Edit("configmap/edge-ingestion-authz", map => map["data"]!["ingestion-authz.yaml"] =
            "allowed:\n- namespace: tracebloc\n  service_account: ingestor\n  table_prefixes: [demo_]\n");

        var fault = await Assert.ThrowsAsync<CliException>(() => ReleaseRuns.OpenAsync(
            scene.Options(), "cats", scene.Screen(new()), Cancelled));

        Assert.Equal(CliExit.NotPermitted, fault.ExitCode);
        Assert.Empty(scene.Manager.Requests);
    }

    private static Task<ReleaseRuns> OpenAsync(Scene scene) =>
        ReleaseRuns.OpenAsync(scene.Options(), null, scene.Screen(new()), Cancelled);
}
