using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;

namespace Tracebloc.Integration.Tests.Security;

/// <summary>A scene in which a secret is leaked on purpose: the scan at its end must find it.</summary>
public sealed class SceneLeakTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_that_a_scene_is_left_with_is_found_in_files_annotations_and_requests()
    {
        var scene = await RefreshScene.StartAsync(cluster, registry, Rules.All);
        await cluster.DeployAsync("leaking", annotations: [("team", $"{scene.Token}")]);
        await File.WriteAllTextAsync(scene.Path("left.prom"), $"{scene.Token}", Cancelled);
        using var client = new HttpClient(new HttpClientHandler
        {
            UseProxy = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        });
        await client.GetAsync(new Uri(scene.Images.Address, $"/v2/?token={scene.Token}"), Cancelled);

        var leaks = await Assert.ThrowsAsync<InvalidOperationException>(() => scene.DisposeAsync().AsTask());

        Assert.Contains("the file left.prom holds the secret of kubeconfig", leaks.Message);
        Assert.Contains("the Deployment leaking holds the secret of kubeconfig", leaks.Message);
        Assert.Contains("a request to the registry holds the secret of kubeconfig", leaks.Message);
        await cluster.KubectlAsync(["delete", "deployment", "leaking"], Cancelled);
    }
}
