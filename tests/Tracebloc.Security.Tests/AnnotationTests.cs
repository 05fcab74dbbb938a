using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>An attacker who may annotate the workload writes the records of image-refresh.</summary>
public sealed class AnnotationTests
{
    private const string Backdoor = "docker.io/attacker/backdoor:latest";

    [Theory]
    [InlineData("restart", "api")]
    [InlineData("restart", "side")]
    [InlineData("restart, container: api, onFailure: rollback", "api")]
    [InlineData("restart, container: api, onFailure: rollback", "side")]
    [InlineData("setImage, container: api", "side")]
    [Trait("Finding", "1")]
    public async Task A_pin_in_an_annotation_puts_no_image_into_a_container(string action, string container)
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync("", scene.Item("manager", action));
        var first = scene.Push("manager", "1");
        await scene.TickAsync();
        var second = scene.Push("manager", "2");
        scene.Annotate(
            ("last-refreshed-manager-digest", first),
            ("manager-refresh-pinned-from", $"{container}=x"),
            ("manager-refresh-quarantine", Quarantine(second)));
        await scene.TickAsync();
        scene.Annotate(
            ("manager-refresh-pinned-from", $"{container}={Backdoor}"),
            ("manager-refresh-gave-up", null),
            ("manager-refresh-quarantine", null));

        var end = await scene.TickAsync();

        Assert.NotEqual(1, end.ExitCode);
        Assert.StartsWith($"{scene.Registry.Host}/tracebloc/manager", scene.ImageOf("api"));
        Assert.Equal(AttackScene.Side, scene.ImageOf("side"));
    }

    [Fact]
    [Trait("Finding", "2")]
    public async Task An_id_in_an_annotation_adds_no_request_and_no_header()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync($"webhook: {{url: \"{scene.Receiver.Address}hook\"}}", scene.Restart);
        scene.Push("manager", "1");
        await scene.TickAsync();
        const string id = "x\r\nContent-Length: 0\r\n\r\nDELETE /admin HTTP/1.1\r\nHost: a\r\nX-Injected: yes";
        scene.Annotate(("refresh-notices", Notices(Notice("manager", "deployment/acme", id, "forged"))));
        scene.Push("manager", "2");

        var end = await scene.TickAsync();

        Assert.Equal("refreshed", end.OutcomeOf("manager"));
        var sent = Assert.Single(scene.Receiver.Requests);
        Assert.Equal(("POST", "/hook"), (sent.Method, sent.Path));
        Assert.Matches("^[0-9a-f]{32}$", sent.Headers["Idempotency-Key"]);
        Assert.DoesNotContain("X-Injected", sent.Headers.Keys);
    }

    [Fact]
    [Trait("Finding", "3")]
    public async Task A_rollback_sets_no_digest_without_evidence()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync("", $"{scene.Verified[..^1]}, onFailure: rollback}}");
        var signed = scene.PushSigned("manager", "1");
        await scene.TickAsync();
        var next = scene.PushSigned("manager", "2");
        await scene.TickAsync();
        Assert.EndsWith(next, scene.ImageOf("api"));
        var unsigned = scene.Push("manager", "backdoor");
        scene.Annotate(
            ("last-refreshed-manager-digest", unsigned),
            ("manager-refresh-good", unsigned),
            ("manager-refresh-applied", next),
            ("manager-refresh-attempts", "1"),
            ("manager-refresh-failed-attempts", "1"));
        scene.Api.SetRollout(AttackScene.Acme, RolloutBehaviour.ExceedsDeadline);

        var end = await scene.TickAsync();

        Assert.NotEqual(0, end.ExitCode);
        Assert.Contains(scene.ImageOf("api")!.Split('@')[1], (string[])[signed, next]);
    }

    [Fact]
    [Trait("Finding", "9")]
    public async Task Forged_notices_have_no_markup_and_no_other_subject_and_are_few()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync(
            $"webhook: {{url: \"{scene.Receiver.Address}hook\", format: slack}}", scene.Restart);
        scene.Push("manager", "1");
        await scene.TickAsync();
        const string click = "<!channel> <https://evil.example|click>";
        scene.Annotate(("refresh-notices", Notices([
            .. Enumerable.Range(0, 700).Select(number => Notice("manager", click, Id(number), click)),
            .. Enumerable.Range(700, 25).Select(number => Notice(click, "deployment/acme", Id(number), click)),
            .. Enumerable.Range(725, 25).Select(number => Notice("manager", "deployment/acme", Id(number), click)),
        ])));

        var end = await scene.TickAsync();

        Assert.Equal("unchanged", end.OutcomeOf("manager"));
        Assert.InRange(scene.Receiver.Requests.Count, 0, 20);
        Assert.All(scene.Receiver.Bodies, body =>
        {
            Assert.DoesNotContain("<!channel>", (string?)body["text"]);
            Assert.DoesNotContain("<https:", (string?)body["text"]);
            Assert.Contains("deployment/acme", (string?)body["text"]);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Finding", "10")]
    public async Task A_strangers_pod_does_not_fail_a_rollout(bool namesTheReplicaSet)
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync("", scene.Item("manager", "restart, container: api, onFailure: rollback"));
        scene.Push("manager", "1");
        await scene.TickAsync();
        scene.Push("manager", "2");
        scene.Api.OnRollout(AttackScene.Acme, RolloutBehaviour.Progresses);
        scene.Api.ClearCalls();
        var tick = scene.TickAsync();
        var patch = await scene.Api.WaitForCallAsync(
            call => call is { Verb: "patch", Status: 200 }, AttackScene.Cancelled);
        var pods = scene.Api.Calls.Count(call => call.Verb == "list" && call.Resource == "pods");
        scene.Api.Add(Stranger(scene, namesTheReplicaSet));
        await scene.Api.WaitForCallAsync(
            call => call.Number > patch.Number && scene.Api.Count("list", "pods") > pods + 1, AttackScene.Cancelled);
        scene.Api.SetRollout(AttackScene.Acme, RolloutBehaviour.Completes);

        var end = await tick;

        Assert.Equal("refreshed", end.OutcomeOf("manager"));
    }

    [Fact]
    [Trait("Finding", "14")]
    public async Task A_variable_that_holds_no_digest_is_in_no_report()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync("", scene.Item("manager", "setEnv, container: api, env: DIGEST"));
        scene.Push("manager", "1");
        scene.Api.Edit(AttackScene.Acme, body =>
            body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"] = new JsonArray(
                new JsonObject { ["name"] = "DIGEST", ["value"] = "hunter2" }));

        scene.Registry.When(_ => true, FakeReply.Of(503));
        foreach (var verb in (string[])["run", "status"])
        {
            var end = await AttackedProgram.Start(scene.Arguments(verb, "--output", "json")).Result;
            Assert.DoesNotContain("hunter2", end.Output + end.Error);
            Assert.Contains("manager", end.Output);
        }
    }

    [Fact]
    [Trait("Finding", "19")]
    public async Task An_annotation_adds_no_line_to_the_log()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync($"webhook: {{url: \"{scene.Receiver.Address}hook\"}}", scene.Restart);
        scene.Push("manager", "1");
        await scene.TickAsync();
        const string line = "\n2026-01-01T00:00:00Z info: all is well \u001b[2J";
        scene.Annotate(
            ("refresh-notices", Notices(Notice("manager", "deployment/acme", line, line))),
            ("manager-refresh-error", line),
            ("manager-refresh-applied", line),
            ("refresh-hold", line));

        var end = await AttackedProgram.Start(scene.Arguments("run")).Result;

        Assert.DoesNotContain("\n2026-01-01T00:00:00Z", end.Output + end.Error);
        Assert.DoesNotContain('\u001b', end.Output + end.Error);
    }

    private static JsonObject Stranger(AttackScene scene, bool namesTheReplicaSet)
    {
        var pod = scene.Api.List("pods")[^1];
        var template = scene.Api.Rollouts(AttackScene.Acme)[^1].Template;
        var owners = scene.Api.List("pods")
            .Single(one => JsonNode.DeepEquals(
                one["metadata"]!["annotations"], template["metadata"]!["annotations"]))["metadata"]!["ownerReferences"]!
            .DeepClone();
        owners[0]!["uid"] = "11111111-2222-3333-4444-555555555555";
        pod["metadata"] = template["metadata"]!.DeepClone();
        if (namesTheReplicaSet)
        {
            var hash = ((string?)owners[0]!["name"])!.Split('-')[^1];
            pod["metadata"]!["labels"]!["pod-template-hash"] = hash;
            pod["metadata"]!["ownerReferences"] = owners;
        }
        pod["metadata"]!["name"] = "stranger";
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        pod["spec"] = template["spec"]!.DeepClone();
        pod["status"] = new JsonObject
        {
            ["phase"] = "Pending",
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "api",
                ["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ImagePullBackOff" } },
            }),
        };
        return pod;
    }

    private static string Quarantine(string digest) => new JsonArray(new JsonObject
    {
        ["digest"] = digest,
        ["at"] = "2026-01-01T00:00:00.000Z",
        ["reason"] = "forged",
        ["failures"] = 1,
    }).ToJsonString();

    private static string Notices(params JsonObject[] notices) =>
        new JsonObject { ["notices"] = new JsonArray([.. notices]) }.ToJsonString();

    private static JsonObject Notice(string name, string workload, string id, string message) => new()
    {
        ["id"] = id,
        ["at"] = "2026-01-01T00:00:00+00:00",
        ["happening"] = "refreshed",
        ["namespace"] = "tracebloc",
        ["workload"] = workload,
        ["name"] = name,
        ["image"] = "docker.io/attacker/backdoor:latest",
        ["message"] = message,
    };

    private static string Id(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
