using System.Text.Json.Nodes;
using Medallion.Shell;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>
/// A release of chart 1.x, as helm 3 has installed it with the public example values of each platform, is upgraded by the
/// real helm on a real API server: what cannot be changed there (selectors, storage classes, claims, bindings) refuses a
/// chart that tries.
/// </summary>
public sealed class FormerReleaseTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private static readonly string[] Kept =
    [
        "persistentvolumeclaim/client-pvc", "persistentvolumeclaim/client-logs-pvc", "persistentvolumeclaim/mysql-pvc",
        "secret/RELEASE-secrets", "secret/RELEASE-regcred",
        "service/jobs-manager", "service/requests-proxy-service", "service/mysql-client",
        "deployment/RELEASE-jobs-manager", "deployment/RELEASE-requests-proxy", "deployment/mysql-client",
        "cronjob/RELEASE-image-refresh", "cronjob/RELEASE-auto-upgrade", "serviceaccount/ingestor",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [CombinatorialData]
    public async Task An_upgrade_keeps_the_data_and_replaces_the_programs(
        [CombinatorialValues("1.4.1", "1.9.62")] string version,
        [CombinatorialValues("aks", "eks", "bare-metal", "openshift")] string platform)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.Helm);
        await Task.CompletedTask;
    }
}
