using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using Tracebloc.Judge;
using Tracebloc.Kubernetes.Tests;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>
/// A real API server, the one that TRACEBLOC_TEST_KUBECONFIG names, and a namespace of the test class's own in it.
/// Arranging is kubectl's work and looking the official client's, so that what is under test never vouches for itself.
/// </summary>
public sealed class RealCluster : IAsyncLifetime
{
    public string KubeConfig { get; } = RealParts.KubeConfig ?? "";

    public string Namespace { get; } = $"test-{Guid.NewGuid():n}"[..20];

    /// <summary>The API server with a namespace for one test of a contract; skips when none is named.</summary>
    public static async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken)
    {
        RealParts.SkipWithout(RealParts.Cluster);
        return await RealContractServer.ConnectAsync(RealParts.KubeConfig ?? "", cancellationToken);
    }

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

    /// <summary>The official client, for what a test looks at: its types are a judge of their own.</summary>
    public async Task<IKubernetes> OpenAsync() => await Official.OpenAsync(KubeConfig);

    /// <summary>Where the API server is, and whom to believe there.</summary>
    public async Task<(Uri Address, X509Certificate2Collection Authorities, string Token)> ServerAsync(
        CancellationToken cancellationToken)
    {
        var view = await KubectlAsync(["config", "view", "--raw", "--minify", "--output=json"], cancellationToken);
        var config = JsonNode.Parse(view)!;
        var (cluster, user) = (config["clusters"]![0]!["cluster"]!, config["users"]![0]!["user"]!);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(
            Encoding.UTF8.GetString(Convert.FromBase64String((string?)cluster["certificate-authority-data"] ?? "")));
        return (new Uri((string?)cluster["server"] ?? ""), authorities, (string?)user["token"] ?? "");
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
