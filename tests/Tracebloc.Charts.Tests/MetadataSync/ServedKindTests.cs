using k8s;
using k8s.Models;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>Every object is one that the server serves, each field known and of its type.</summary>
public sealed class ServedKindTests
{
    private static readonly Dictionary<string, Type> BetaOf120 = new()
    {
        ["policy/v1beta1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    public static TheoryData<string, string> ExamplesAndServers => new(
        from example in SyncChart.Chart.Examples
        from server in new[] { "1.20.2", "1.28.0", "1.36.0" }
        select (example, server));

    [Theory]
    [MemberData(nameof(ExamplesAndServers))]
    public async Task In_every_example(string example, string server)
    {
        var chart = await SyncChart.Chart.RenderAsync(new Release
        {
            ValuesFile = SyncChart.Chart.PathOf($"ci/{example}"),
            KubeVersion = server,
        });

        Assert.All(chart.Manifests, manifest => Assert.Single(Load(manifest.Text, server)));
    }

    [Fact]
    public async Task A_seeded_mistake_is_found()
    {
        var text = (await SyncChart.RenderEnabledAsync()).Find("Deployment", "acme").Text;

        Assert.NotEmpty(Load(text, "1.36.0"));
        Assert.ThrowsAny<Exception>(() => Load(text.Replace("replicas:", "replica:"), "1.36.0"));
    }

    private static IEnumerable<object> Load(string manifest, string server) =>
        KubernetesYaml.LoadAllFromString(manifest, server == "1.20.2" ? BetaOf120 : null, strict: true);
}
