using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>Every place that can hold a secret has one of its own, and none leaves the program.</summary>
public sealed class CanaryTests
{
    private static readonly Canary
        Token = Canary.New("kubeconfig"),
        Password = Canary.New("password-file"),
        Pull = Canary.New("pull-secret"),
        Docker = Canary.New("docker-config"),
        Helper = Canary.New("credential-helper"),
        Webhook = Canary.New("webhook-address"),
        Proxy = Canary.New("proxy");

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "registry")]
    [InlineData("text", "webhook")]
    [InlineData("json", "")]
    [InlineData("json", "registry")]
    public async Task No_secret_leaves_the_program_whatever_fails(string output, string fails)
    {
        using var certificates = TestCertificates.Create();
        using var helper = new FakeHelper();
        await using var proxied = await FakeRegistry.StartAsync(
            new() { Authentication = FakeAuthentication.None }, AttackScene.Cancelled);
        await using var proxy = FakeProxy.Start(
            proxied.Address,
            authorization: "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Proxy}")));
        await using var helped = await FakeRegistry.StartAsync(Of("helped", Helper), AttackScene.Cancelled);
        // The last of three that are tried in turn.
        await using var scene = await AttackScene.StartAsync(
            Of("docker", Docker), new() { Certificates = certificates });
        await ArrangeAsync(scene, helper, helped.Host);
        if (fails == "registry")
            proxied.When(_ => true, FakeReply.Of(500, "{}"));
        if (fails == "webhook")
            scene.Receiver.Answer(FakeReply.Of(500), FakeReply.Of(500), FakeReply.Of(500));

        foreach (var content in (string[])["1", "2"])
        {
            scene.Push("manager", content);
            proxied.Push("web", "prod", content);
            helped.Push("web", "prod", content);
            await AttackedProgram
                .Start(
                    scene.Arguments("run", "--output", output, "--log-level", "debug"),
                    ("HTTP_PROXY", $"http://user:{Proxy}@{proxy.Host}"),
                    ("PATH", $"{helper.Folder}:/usr/bin:/bin"))
                .Guarding(Token, Password, Pull, Docker, Helper, Webhook, Proxy)
                .Result;
        }

        AssertTried(scene, proxy, helped);
        Scan(scene, proxied, proxy, helped).AssertNone();
    }

    private static FakeRegistryOptions Of(string user, Canary password) => new()
    {
        Authentication = FakeAuthentication.Basic,
        Users = new Dictionary<string, string> { [user] = password.Value },
        CanPull = (name, _) => name == user,
    };

    private static async Task ArrangeAsync(AttackScene scene, FakeHelper helper, string helped)
    {
        scene.Api.Token = Token.Value;
        helper.Has("vault", helped, "helped", Helper.Value);
        await scene.WriteAsync("kubeconfig", scene.Api.Kubeconfig);
        await scene.WriteAsync("password", Password.Value);
        await scene.WriteAsync("webhook", $"{scene.Receiver.Address}hook?key={Webhook}");
        await scene.WriteAsync("docker.json", DockerConfig(scene.Registry.Host, "docker", Docker).ToJsonString());
        scene.Api.Add(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = "pull" },
            ["type"] = "kubernetes.io/dockerconfigjson",
            ["data"] = new JsonObject
            {
                [".dockerconfigjson"] = Convert.ToBase64String(
                    Encoding.UTF8.GetBytes(DockerConfig(scene.Registry.Host, "pull", Pull).ToJsonString())),
            },
        });
        scene.Api.Edit(AttackScene.Acme, body => body["spec"]!["template"]!["spec"]!["imagePullSecrets"] =
            new JsonArray(new JsonObject { ["name"] = "pull" }));
        await scene.ConfigureAsync(
            $$"""
            registries:
              "{{scene.Registry.Host}}": {username: user, passwordFile: {{scene.Path("password")}}}
              "{{helped}}": {credentialHelper: vault}
              mirror.invalid: {insecure: true}
            dockerConfigFile: {{scene.Path("docker.json")}}
            pullSecrets: true
            events: true
            metrics: {file: {{scene.Path("refresh.prom")}}, otlp: "{{scene.Receiver.Address}}otlp"}
            webhook: {urlFile: {{scene.Path("webhook")}}}
            """,
            scene.Restart,
            $"{{name: web, image: mirror.invalid/web:prod, workload: {AttackScene.Acme}, action: restart}}",
            $"{{name: helped, image: \"{helped}/web:prod\", workload: {AttackScene.Acme}, action: restart}}");
    }

    // A secret that was never used could not have leaked.
    private static void AssertTried(AttackScene scene, FakeProxy proxy, FakeRegistry helped)
    {
        Assert.Contains(scene.Api.Calls, call => call.Headers.Values.Any(value => value.Contains(Token.Value)));
        foreach (var secret in (Canary[])[Password, Pull, Docker])
            Assert.Contains(scene.Registry.Requests, request => secret.IsIn(All(request)));
        Assert.Contains(helped.Requests, request => Helper.IsIn(All(request)));
        Assert.Contains(scene.Receiver.Requests, request => Webhook.IsIn(All(request)));
        Assert.Contains(proxy.Requests, head => Proxy.IsIn(head));
    }

    private static LeakScan Scan(AttackScene scene, FakeRegistry proxied, FakeProxy proxy, FakeRegistry helped)
    {
        var scan = new LeakScan(Token, Password, Pull, Docker, Helper, Webhook, Proxy);
        foreach (var call in scene.Api.Writes)
            scan.Look($"{call}", call.Body);
        scan.Look("the workload", scene.Api.Get(AttackScene.Acme).ToJsonString());
        foreach (var request in scene.Registry.Requests)
            scan.Look("a request to the registry", All(request), Password, Pull, Docker);
        foreach (var request in proxied.Requests)
            scan.Look("a request to the mirror", All(request), Proxy);
        foreach (var request in helped.Requests)
            scan.Look("a request to the helped registry", All(request), Helper);
        foreach (var head in proxy.Requests)
            scan.Look("a request to the proxy", head, Proxy);
        foreach (var request in scene.Receiver.Requests)
            scan.Look("a request to the receiver", All(request), request.Path == "/hook" ? [Webhook] : []);
        if (File.Exists(scene.Path("refresh.prom")))
            scan.Look("the metrics", File.ReadAllText(scene.Path("refresh.prom")));
        return scan;
    }

    private static string All(FakeRequest request) =>
        $"{request.Path}{request.Query} {string.Join(' ', request.Headers.Values)} {request.Body}";

    private static JsonObject DockerConfig(string host, string user, Canary password) => new()
    {
        ["auths"] = new JsonObject
        {
            [host] = new JsonObject
            {
                ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")),
            },
        },
    };
}
