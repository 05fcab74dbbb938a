using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A fake API of the version that a test wants, with one running pod, and a client.</summary>
internal sealed class StreamFixture : IAsyncDisposable
{
    private StreamFixture(FakeKubernetesApi api, TimeProvider time)
    {
        Api = api;
        Client = new(new() { Server = api.Address, Token = api.Token, Namespace = "tracebloc" }, time);
        Pods = new(Client, "tracebloc");
    }

    internal FakeKubernetesApi Api { get; }

    internal KubernetesClient Client { get; }

    internal PodApi Pods { get; }

    internal static async Task<StreamFixture> StartAsync(
        int minor, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var version = minor == 20 ? FakeServerVersion.Old : FakeServerVersion.Of(minor);
        var api = await FakeKubernetesApi.StartAsync(new() { Version = version }, cancellationToken);
        api.Add(SomePod.Running("web", "main"));
        return new(api, time ?? TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Api.DisposeAsync();
    }
}

/// <summary>Pods as they stand in the store of a fake.</summary>
internal static class SomePod
{
    internal static string Running(string name, params string[] containers) =>
        Of(name, """{"running": {}}""", containers);

    internal static string Waiting(string name, params string[] containers) =>
        Of(name, """{"waiting": {"reason": "ContainerCreating"}}""", containers);

    private static string Of(string name, string state, string[] containers) => $$"""
        {
          "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{name}}" },
          "spec": {
            "restartPolicy": "Never",
            "containers": [{{string.Join(',', containers.Select(each =>
                $$"""{"name": "{{each}}", "image": "registry.example.com/x:1"}"""))}}]
          },
          "status": {
            "phase": "{{(state.Contains("running", StringComparison.Ordinal) ? "Running" : "Pending")}}",
            "containerStatuses": [{{string.Join(',', containers.Select(each =>
                $$"""{"name": "{{each}}", "state": {{state}} }"""))}}]
          }
        }
        """;
}
