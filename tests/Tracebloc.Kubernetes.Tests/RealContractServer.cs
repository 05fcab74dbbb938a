using k8s;
using k8s.Autorest;
using k8s.Models;
using Tracebloc.Judge;
using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// A real server, reached through a kubeconfig that was named on purpose; the official client arranges it.
/// </summary>
public sealed class RealContractServer : ContractServer
{
    private const string Nobody = "contract-nobody";

    private bool _hasWidgets;

    private RealContractServer(KubernetesClientConfiguration administrator, string token) =>
        (Administrator, Restricted) = (administrator, administrator with { Token = token, ClientCertificate = null });

    public override KubernetesClientConfiguration Administrator { get; }

    public override KubernetesClientConfiguration Restricted { get; }

    public static async Task<RealContractServer> ConnectAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var found = KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([kubeconfig]) { MustExist = true });
        var ns = $"contract-{Guid.NewGuid():N}";
        using var client = await Official.OpenAsync(kubeconfig);
        await client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new() { Name = ns } }, cancellationToken: cancellationToken);
        await client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new() { Name = Nobody } }, ns, cancellationToken: cancellationToken);
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 3600 } };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            request, Nobody, ns, cancellationToken: cancellationToken);
        return new(found with { Namespace = ns }, answer.Status.Token);
    }

    public override async Task InstallWidgetsAsync(CancellationToken cancellationToken)
    {
        using var client = Official.Open(OfficialConfiguration.Of(Administrator));
        await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(
            Official.Parse<V1CustomResourceDefinition>(Widgets.Fake.Definition), cancellationToken: cancellationToken);
        _hasWidgets = true;
        await ForWidgetsAsync(client, "200", cancellationToken);
    }

    public override async Task UninstallWidgetsAsync(CancellationToken cancellationToken)
    {
        using var client = Official.Open(OfficialConfiguration.Of(Administrator));
        await client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync(
            Widgets.Type.ToString(), cancellationToken: cancellationToken);
        _hasWidgets = false;
        await ForWidgetsAsync(client, "404", cancellationToken);
    }

    // No event announces that the server serves a definition, or no longer does.
    private static async Task ForWidgetsAsync(IKubernetes client, string status, CancellationToken cancellationToken)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        using var bound = new Bound(Bound.OfWaits, cancellationToken);
        var last = "";
        await bound.KeepAsync(
            async token =>
            {
                while (last != status && await looks.WaitForNextTickAsync(token))
                    last = await StatusAsync(client, token);
                return last;
            },
            () => $"widgets are answered with {last}");
    }

    private static async Task<string> StatusAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        try
        {
            await client.CustomObjects.ListClusterCustomObjectAsync(
                Widgets.Type.Group, Widgets.Type.Version, Widgets.Type.Plural, cancellationToken: cancellationToken);
            return "200";
        }
        catch (HttpOperationException e)
        {
            return $"{(int)e.Response.StatusCode}";
        }
    }

    public override async ValueTask DisposeAsync()
    {
        using var client = Official.Open(OfficialConfiguration.Of(Administrator));
        if (_hasWidgets) await UninstallWidgetsAsync(CancellationToken.None);
        await client.CoreV1.DeleteNamespaceAsync(Administrator.Namespace, cancellationToken: CancellationToken.None);
    }
}
