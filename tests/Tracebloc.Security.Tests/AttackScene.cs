using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>
/// An API server, a registry and a receiver of webhooks on loopback, a workload with the containers <c>api</c> and
/// <c>side</c>, and a folder with what image-refresh is configured by.
/// </summary>
internal sealed class AttackScene : IAsyncDisposable
{
    public const string Acme = "deployment/acme";
    public const string Side = "registry.example.com/side@sha256:" + Hex;

    private const string Hex = "0000000000000000000000000000000000000000000000000000000000000001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attack-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private AttackScene(FakeKubernetesApi api, FakeRegistry registry, FakeReceiver receiver) =>
        (Api, Registry, Receiver) = (api, registry, receiver);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public FakeKubernetesApi Api { get; }

    public FakeRegistry Registry { get; }

    public FakeReceiver Receiver { get; }

    /// <summary>The item of <c>images</c> that restarts the workload for manager's tag.</summary>
    public string Restart => Item("manager", "restart");

    /// <summary>The item that sets its digest, if it is signed with the scene's key.</summary>
    public string Verified => Item("manager", $"setImage, container: api{Gate}");

    private string Gate => $", verify: {{key: {Path("cosign.pub")}}}";

    public static async Task<AttackScene> StartAsync(
        FakeRegistryOptions? options = null, FakeKubernetesApiOptions? cluster = null)
    {
        var registry = await FakeRegistry.StartAsync(
            options ?? new() { Authentication = FakeAuthentication.None }, Cancelled);
        var scene = new AttackScene(
            await FakeKubernetesApi.StartAsync(cluster, Cancelled),
            registry,
            await FakeReceiver.StartAsync(cancellationToken: Cancelled));
        scene.Api.Add(Some.Deployment("acme")
            .Container("api", $"{registry.Host}/tracebloc/manager:prod")
            .Container("side", Side));
        await scene.WriteAsync("kubeconfig", scene.Api.Kubeconfig);
        await scene.WriteAsync("cosign.pub", scene._key.ExportSubjectPublicKeyInfoPem());
        return scene;
    }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path(name), text, Cancelled);

    /// <summary>An item of <c>images</c> for an image in the registry.</summary>
    public string Item(string name, string action, string workload = Acme) =>
        $"{{name: {name}, image: \"{Registry.Host}/tracebloc/{name}:prod\", workload: {workload}, action: {action}}}";

    public Task ConfigureAsync(string more, params string[] images) => WriteAsync("refresh.yaml", $$"""
        apiVersion: refresh.tracebloc.io/v1
        kind: RefreshConfig
        namespace: tracebloc
        {{more}}
        images: [{{string.Join(", ", images)}}]
        """);

    /// <summary>As many more workloads, each with a container <c>app</c> that runs a verified image.</summary>
    public IEnumerable<string> Crowd(int count)
    {
        foreach (var name in Enumerable.Range(0, count).Select(number => $"crowd{number}"))
        {
            Api.Add(Some.Deployment(name).Container("app", $"{Registry.Host}/tracebloc/{name}:prod"));
            Push(name, "1");
            yield return Item(name, $"setImage, container: app{Gate}", $"deployment/{name}");
        }
    }

    /// <summary>Points the tag at an image of this content.</summary>
    /// <returns>Its digest.</returns>
    public string Push(string name, string content) => Registry.Push($"tracebloc/{name}", "prod", content);

    /// <summary>As <see cref="Push"/>, and signed with the key that the configuration names.</summary>
    public string PushSigned(string name, string content)
    {
        var digest = Push(name, content);
        var (manifest, blobs) = CosignSigner.Of(_key).Sign($"{Registry.Host}/tracebloc/{name}", digest);
        Registry.Push($"tracebloc/{name}", CosignSigner.TagOf(digest), manifest);
        foreach (var blob in blobs)
            Registry.PushBlob($"tracebloc/{name}", blob);
        return digest;
    }

    /// <summary>Writes annotations of the workload, as anyone may who may annotate it; null removes one.</summary>
    public void Annotate(params (string Key, string? Value)[] annotations) => Api.Edit(Acme, body =>
    {
        var metadata = body["metadata"]!.AsObject();
        var all = metadata["annotations"] as JsonObject ?? [];
        foreach (var (key, value) in annotations)
            if (value is null) all.Remove($"tracebloc.io/{key}");
            else all[$"tracebloc.io/{key}"] = value;
        metadata["annotations"] = all.DeepClone();
    });

    public string? Annotation(string key) => (string?)Api.Get(Acme)["metadata"]!["annotations"]?[$"tracebloc.io/{key}"];

    /// <summary>The image of a container in the pod template.</summary>
    public string? ImageOf(string container) => (string?)Api.Get(Acme)["spec"]!["template"]!["spec"]!["containers"]!
        .AsArray().Single(one => (string?)one!["name"] == container)!["image"];

    /// <summary>A tick to its end, with its report in JSON.</summary>
    public Task<ProgramResult> TickAsync(params (string Name, string Value)[] environment) =>
        AttackedProgram.Start(Arguments("run", "--output", "json"), environment).Result;

    public IReadOnlyList<string> Arguments(string verb, params string[] more) =>
        [verb, "--config", Path("refresh.yaml"), "--kubeconfig", Path("kubeconfig"), .. more];

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Registry.DisposeAsync();
        await Api.DisposeAsync();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
