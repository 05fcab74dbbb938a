using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>
/// A real API server, the one that TRACEBLOC_TEST_KUBECONFIG names, and a namespace of the test class's own in it.
/// Arranging and looking is kubectl's work, so that what is under test never vouches for itself.
/// </summary>
public sealed class RealCluster : IAsyncLifetime
{
    public string KubeConfig { get; } = RealParts.KubeConfig ?? "";

    public string Namespace { get; } = $"test-{Guid.NewGuid():n}"[..20];

    public async ValueTask InitializeAsync()
    {
        if (RealParts.Cluster is null)
            await KubectlAsync(["create", "namespace", Namespace], TestContext.Current.CancellationToken);
    }

    /// <summary>Without the test run's token: it is cancelled when the namespace must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        if (RealParts.Cluster is null)
            await KubectlAsync(["delete", "namespace", Namespace, "--wait=false"], CancellationToken.None);
    }

    /// <summary>Applies a manifest in YAML or JSON.</summary>
    public Task ApplyAsync(string manifest, CancellationToken cancellationToken) =>
        KubectlAsync(["apply", "--filename=-"], cancellationToken, manifest);

    /// <returns>What kubectl wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed, with what it wrote to its standard error.</exception>
    public Task<string> KubectlAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken, string input = "") =>
        new Kubectl(KubeConfig, Namespace).RunAsync(arguments, cancellationToken, input);
}
