using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>SIGTERM, as the kubelet sends it: the end within a second, and nothing half done.</summary>
public sealed class ShutdownTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    [Fact]
    public async Task In_mid_rollout_it_ends_within_a_second_and_the_next_run_settles()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        var before = await scene.PushAsync("term", "1");
        await cluster.DeployAsync("term", 0, ("tracebloc.io/last-refreshed-term-digest", before));
        await scene.ConfigureAsync(
            $$"""- {name: term, image: "{{scene.ImageOf("term")}}", workload: deployment/term, action: restart}""");
        var newer = await scene.PushAsync("term", "2");
        var watching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Calls.BeforeAsync = call => HoldAsync(call, watching);

        var program = scene.Start();
        await watching.Task.WaitAsync(Cancelled);
        var asked = TimeProvider.System.GetTimestamp();
        await program.TerminateAsync();
        var result = await program.Result;

        var took = TimeProvider.System.GetElapsedTime(asked);
        result.AssertExit(143);
        Assert.True(took < TimeSpan.FromSeconds(1), $"{took}");
        Assert.Single(scene.Api.Calls, call => call.Method == "PATCH");
        var left = await cluster.DeploymentAsync("term");
        Assert.Equal((before, "1"), (left.Settled("term"), left.Attempts("term")));

        scene.Forget();
        await cluster.KubectlAsync(["rollout", "status", "deployment/term", "--timeout=60s"], Cancelled);
        (await scene.RunAsync()).AssertExit(0);

        (await cluster.DeploymentAsync("term")).AssertRefreshedOnce("term", newer);
    }

    [Fact]
    public async Task A_loop_ends_by_it_in_its_pause()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await cluster.DeployAsync("loop");
        var digest = await scene.PushAsync("loop", "1");
        await scene.ConfigureAsync(
            $$"""- {name: loop, image: "{{scene.ImageOf("loop")}}", workload: deployment/loop, action: restart}""");
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Calls.AfterAsync = call => Task.FromResult(call.Method == "PATCH" && recorded.TrySetResult());

        var program = PublishedProgram.Start(
            ["watch", "--interval", "1h", "--config", scene.Path("refresh.yaml"), "--kubeconfig", scene.KubeConfig])
            .Guarding(scene.Token);
        await recorded.Task.WaitAsync(Cancelled);
        await program.TerminateAsync();

        (await program.Result).AssertExit(143);
        Assert.Equal(digest, (await cluster.DeploymentAsync("loop")).Settled("loop"));
    }

    // The watch is held, so that the rollout's end cannot come before the signal.
    private static Task HoldAsync(ProxiedCall call, TaskCompletionSource watching)
    {
        if (!call.IsWatch)
            return Task.CompletedTask;
        watching.TrySetResult();
        return new TaskCompletionSource().Task.WaitAsync(Cancelled);
    }
}
