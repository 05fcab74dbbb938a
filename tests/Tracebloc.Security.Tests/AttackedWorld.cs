using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Security.Tests;

/// <summary>A scene with ticks one after the other, in this process, each of which is looked through.</summary>
internal sealed class AttackedWorld(AttackScene scene, bool verifies) : IAsyncDisposable
{
    // All but an unexpected end.
    private static readonly int[] Ends = [0, 2, 10, 11, 12, 13, 14];

    private readonly List<Move.Strike> _strikes = [];

    public static async Task<AttackedWorld> StartAsync(string action, bool verifies)
    {
        var scene = await AttackScene.StartAsync();
        AttackedWorldDigests.Push(scene);
        var onFailure = action.Contains("rollback") ? ", onFailure: rollback" : "";
        var gate = verifies ? $", verify: {{key: \"{scene.Path("cosign.pub")}\"}}" : "";
        await scene.ConfigureAsync(
            $"webhook: {{url: \"{scene.Receiver.Address}hook\"}}\nrolloutTimeout: 5s",
            scene.Item("manager", $"{action}{gate}"),
            scene.Item("ingestor", $"setEnv, container: api, env: DIGEST{onFailure}{gate}"));
        return new AttackedWorld(scene, verifies);
    }

    public async Task HappenAsync(Move move)
    {
        switch (move)
        {
            case Move.Push push:
                scene.Registry.Move($"tracebloc/{push.Name}", "prod", AttackedWorldDigests.Of(push.Name, push.Content));
                break;
            case Move.Break { IsBroken: var isBroken }:
                scene.Api.OnRollout(
                    AttackScene.Acme, isBroken ? RolloutBehaviour.ExceedsDeadline : RolloutBehaviour.Completes);
                break;
            case Move.Strike strike:
                _strikes.Add(strike);
                break;
            default:
                await TickAsync();
                break;
        }
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    private async Task TickAsync()
    {
        var before = scene.Api.Calls.Count;
        foreach (var strike in _strikes)
        {
            Task Strike(FakeCall call)
            {
                scene.Annotate((strike.Key["tracebloc.io/".Length..], strike.Value));
                return Task.CompletedTask;
            }
            scene.Api.Fail(
                call => call.Number == before + strike.Call,
                strike.IsAfter ? FakeFault.Then(Strike) : FakeFault.First(Strike));
        }
        _strikes.Clear();
        using var output = new MemoryStream();
        var context = new ProgramContext(
            TimeProvider.System, _ => null, NullLogger.Instance, new ResultWriter(() => output));
        var exit = await new RunVerb(_ => context).ExecuteAsync(
            new() { Config = scene.Path("refresh.yaml"), Cluster = new(scene.Path("kubeconfig"), null) },
            AttackScene.Cancelled);
        Assert.True(Ends.Contains(exit), $"exit {exit}\n{Encoding.UTF8.GetString(output.ToArray())}");
        Look();
    }

    private void Look()
    {
        foreach (var rollout in scene.Api.Rollouts(AttackScene.Acme))
        {
            Assert.Equal(AttackScene.Side, rollout.Image("side"));
            LookAt("manager", rollout.Image("api")!, isFloating: $"{scene.Registry.Host}/tracebloc/manager:prod");
            if (rollout.Variable("api", "DIGEST") is { } digest)
                LookAt("ingestor", $"{scene.Registry.Host}/tracebloc/ingestor@{digest}");
            Assert.Null(rollout.Variable("side", "PATH"));
        }
        foreach (var sent in scene.Receiver.Requests)
        {
            Assert.Equal(("POST", "/hook"), (sent.Method, sent.Path));
            Assert.Matches("^[0-9a-f]{32}$", sent.Headers["Idempotency-Key"]);
        }
        foreach (var body in scene.Receiver.Bodies)
        {
            Assert.Equal((AttackScene.Acme, "tracebloc"), ((string?)body["workload"], (string?)body["namespace"]));
            Assert.Contains((string?)body["name"], (string[])["manager", "ingestor"]);
            Assert.Equal($"{scene.Registry.Host}/tracebloc/{body["name"]}:prod", (string?)body["image"]);
        }
    }

    private void LookAt(string name, string image, string? isFloating = null)
    {
        if (image == isFloating)
            return;
        var prefix = $"{scene.Registry.Host}/tracebloc/{name}@";
        Assert.StartsWith(prefix, image);
        if (verifies)
            Assert.Contains(image[prefix.Length..], AttackedWorldDigests.Signed(name));
    }
}
