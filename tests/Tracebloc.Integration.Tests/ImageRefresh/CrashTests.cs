using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>
/// The published program is killed at every call that a refresh makes, to the API server and to the registry, and run
/// again: one rollout in all, and the record right.
/// </summary>
public sealed class CrashTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    private static readonly string[] Names = ["set", "restarted"];

    /// <summary>More than a refresh makes.</summary>
    private const int MostCalls = 30;

    /// <summary>GET, a HEAD that is sent for a token, two that have it, PATCH, watch, PATCH.</summary>
    private const int FewestCalls = 7;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    public async Task Killed_at_any_call_and_run_again_it_makes_one_rollout(bool answered, int replicas)
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await using var kubelet = replicas > 0 ? await PlayedKubelet.StartAsync(cluster, Cancelled) : null;
        var kills = new List<string>();
        for (var number = 1; await KillAtAsync(scene, new(number, answered, replicas)) is { } killed; number++)
        {
            kills.Add(killed);
            Assert.True(number < MostCalls, "the refresh never ended");
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', kills));
        Assert.True(kills.Count >= FewestCalls, string.Join(", ", kills));
        Assert.Equal(2, kills.Count(kill => kill.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Contains(kills, kill => kill.StartsWith("WATCH", StringComparison.Ordinal));
    }

    private sealed record Kill(int Number, bool Answered, int Replicas)
    {
        public string Name => $"crash-{(Answered ? "answered" : "unheard")}-{Replicas}-{Number}";
    }

    private static string SettledKey(string name) => $"tracebloc.io/last-refreshed-{name}-digest";

    /// <returns>The call at which the program died; null when it ended before it made so many.</returns>
    private async Task<string?> KillAtAsync(RefreshScene scene, Kill kill)
    {
        var before = await scene.PushAsync("app", "1");
        await cluster.DeployAsync(kill.Name, kill.Replicas, [.. Names.Select(name => (SettledKey(name), before))]);
        await scene.ConfigureAsync($$"""
            - {name: set, image: "{{scene.ImageOf("app")}}", workload: deployment/{{kill.Name}},
               action: setEnv, container: api, env: {{Deployments.Variable}}}
            - {name: restarted, image: "{{scene.ImageOf("other")}}", workload: deployment/{{kill.Name}},
               action: restart}
            """);
        var (newer, other) = (await scene.PushAsync("app", "2"), await scene.PushAsync("other", "2"));

        var died = await RunIntoAsync(scene, kill);
        scene.Forget();
        // What the program had started goes on without it.
        await cluster.KubectlAsync(["rollout", "status", $"deployment/{kill.Name}", "--timeout=60s"], Cancelled);
        (await scene.RunAsync()).AssertExit(0);

        var live = await cluster.DeploymentAsync(kill.Name);
        live.AssertRefreshedOnce("set", newer);
        live.AssertRefreshedOnce("restarted", other);
        Assert.Equal(newer, live.LiveVariable);
        return died;
    }

    private static async Task<string?> RunIntoAsync(RefreshScene scene, Kill kill)
    {
        scene.Forget();
        string? died = null;
        ChildProgram? program = null;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (kill.Answered)
            scene.Calls.AfterAsync = DieAsync;
        else
            scene.Calls.BeforeAsync = DieAsync;
        program = scene.Start();
        started.SetResult();
        var result = await program.Result;
        if (died is null)
            result.AssertExit(0);
        return died;

        async Task DieAsync(ProxiedCall call)
        {
            if (call.Number != kill.Number)
                return;
            await started.Task;
            died = call.ToString();
            await program!.KillAsync();
            throw new OperationCanceledException("nobody is there any more");
        }
    }
}
