using k8s;
using k8s.Models;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Security;
using YamlDotNet.Core;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>
/// Every object of every example, read strictly by the models of the official client: each field known and of its type,
/// at versions that the server serves. The real server of 1.20 checks its own in Integration.Tests.
/// </summary>
public sealed class ServedKindTests
{
    /// <summary>Their fields of then are all there still.</summary>
    private static readonly Dictionary<string, Type> BetaOf120 = new()
    {
        ["batch/v1beta1/CronJob"] = typeof(V1CronJob),
        ["policy/v1beta1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    public static TheoryData<string, string> ExamplesAndServers => new(
        from example in Chart.Client.Examples
        from server in new[] { "1.20.2", "1.28.0", "1.36.0" }
        select (example, server));

    [Theory]
    [MemberData(nameof(ExamplesAndServers))]
    public async Task Every_object_is_one_that_the_server_serves(string example, string server)
    {
        var chart = await RenderAsync(example, server);
        var objects = chart.Manifests.Where(manifest => !IsOfAnOperator(manifest)).ToList();

        Assert.NotEmpty(objects);
        Assert.All(objects, manifest => Assert.Single(Load(manifest.Text, server)));
    }

    [Theory]
    [InlineData("concurrencyPolicy:", "concurencyPolicy:")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: often")]
    [InlineData("backoffLimit: 0", "backoffLimit: 0\n      backoffLimit: 1")]
    public async Task A_seeded_mistake_is_found(string text, string by)
    {
        var manifest = (await RenderAsync("minimal-values.yaml", "1.36.0")).Find("CronJob", "acme-image-refresh").Text;

        Assert.ThrowsAny<YamlException>(() => Load(manifest.Replace(text, by), "1.36.0"));
    }

    [Fact]
    public async Task A_version_that_is_gone_is_found()
    {
        var manifest = (await RenderAsync("minimal-values.yaml", "1.20.2")).Find("CronJob", "acme-image-refresh").Text;

        Assert.NotEmpty(Load(manifest, "1.20.2"));
        Assert.ThrowsAny<Exception>(() => Load(manifest, "1.36.0"));
    }

    private static IEnumerable<object> Load(string manifest, string server) =>
        KubernetesYaml.LoadAllFromString(manifest, server == "1.20.2" ? BetaOf120 : null, strict: true);

    private static bool IsOfAnOperator(Manifest manifest) =>
        manifest.ApiVersion.StartsWith("monitoring.coreos.com/", StringComparison.Ordinal);

    private static Task<Rendering> RenderAsync(string example, string server) => Chart.Client.RenderAsync(new Release
    {
        ValuesFile = Chart.Client.PathOf($"ci/{example}"),
        KubeVersion = server,
        ApiVersion = server == "1.36.0" ? AdmissionTests.Served : "v1",
    });
}
