using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Tests.Observing;

/// <summary>On which of three nodes a pod may start, read as the API server writes them.</summary>
public sealed class NodeSelectionTests
{
    private const string Nodes = """
        {"items": [
          {"metadata": {"name": "intel", "labels": {"kubernetes.io/arch": "amd64", "size": "8"}},
           "spec": {"taints": [{"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}]},
           "status": {"nodeInfo": {"operatingSystem": "linux", "architecture": "amd64"}}},
          {"metadata": {"name": "arm", "labels": {"kubernetes.io/arch": "arm64", "size": "16"}},
           "spec": {"taints": [{"key": "slow", "value": "yes", "effect": "PreferNoSchedule"}]},
           "status": {"nodeInfo": {"operatingSystem": "linux", "architecture": "arm64"}}},
          {"metadata": {"name": "control", "labels": {"kubernetes.io/arch": "s390x"}},
           "spec": {"taints": [{"key": "role", "value": "control", "effect": "NoSchedule"}]},
           "status": {"nodeInfo": {"operatingSystem": "linux", "architecture": "s390x"}}}
        ]}
        """;

    [Theory]
    [InlineData("{}", "linux/amd64 linux/arm64")]
    [InlineData("""{"nodeSelector": {"kubernetes.io/arch": "arm64"}}""", "linux/arm64")]
    [InlineData("""{"nodeSelector": {"kubernetes.io/arch": "arm64", "size": "8"}}""", "")]
    public void By_its_labels(string pod, string platforms) => Assert.Equal(platforms, PlatformsFor(pod));

    [Theory]
    [InlineData("""{"tolerations": [{"operator": "Exists"}]}""", true)]
    [InlineData("""{"tolerations": [{"key": "role", "operator": "Exists"}]}""", true)]
    [InlineData("""{"tolerations": [{"key": "role", "value": "control", "effect": "NoSchedule"}]}""", true)]
    [InlineData("""{"tolerations": [{"key": "role", "operator": "Equal", "value": "control"}]}""", true)]
    [InlineData("""{"tolerations": [{"key": "role", "value": "other"}]}""", false)]
    [InlineData("""{"tolerations": [{"key": "other", "operator": "Exists"}]}""", false)]
    [InlineData("""{"tolerations": [{"key": "role", "operator": "Exists", "effect": "NoExecute"}]}""", false)]
    public void By_what_it_tolerates(string pod, bool all) =>
        Assert.Equal(all ? "linux/amd64 linux/arm64 linux/s390x" : "linux/amd64 linux/arm64", PlatformsFor(pod));

    [Theory]
    [InlineData("""{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "s390x"]}""", "linux/amd64")]
    [InlineData("""{"key": "kubernetes.io/arch", "operator": "NotIn", "values": ["amd64"]}""", "linux/arm64")]
    [InlineData("""{"key": "gpu", "operator": "NotIn", "values": ["yes"]}""", "linux/amd64 linux/arm64")]
    [InlineData("""{"key": "gpu", "operator": "Exists"}""", "")]
    [InlineData("""{"key": "gpu", "operator": "DoesNotExist"}""", "linux/amd64 linux/arm64")]
    [InlineData("""{"key": "size", "operator": "Gt", "values": ["8"]}""", "linux/arm64")]
    [InlineData("""{"key": "size", "operator": "Lt", "values": ["16"]}""", "linux/amd64")]
    public void By_required_affinity(string expression, string platforms) =>
        Assert.Equal(platforms, PlatformsFor(Requiring($$"""{"matchExpressions": [{{expression}}]}""")));

    [Fact]
    public void One_term_is_enough_a_name_can_be_one_and_an_empty_one_matches_nothing()
    {
        const string Arm = """{"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["arm"]}]}""";
        const string Small = """{"matchExpressions": [{"key": "size", "operator": "Lt", "values": ["9"]}]}""";

        Assert.Equal("linux/amd64 linux/arm64", PlatformsFor(Requiring($"{Arm}, {Small}")));
        Assert.Equal("linux/arm64", PlatformsFor(Requiring(Arm)));
        Assert.Equal("", PlatformsFor(Requiring("{}")));
    }

    private static string Requiring(string terms) =>
        $$"""
        {"affinity": {"nodeAffinity": {
          "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{{terms}}]},
          "preferredDuringSchedulingIgnoredDuringExecution": []
        } } }
        """;

    private static string PlatformsFor(string pod)
    {
        var body = JsonNode.Parse(pod) ?? throw new JsonException();
        body["containers"] = new JsonArray();
        var spec = body.Deserialize(WorkloadJson.Default.PodSpec) ?? throw new JsonException();
        var nodes = JsonSerializer.Deserialize(Nodes, WorkloadJson.Default.ResourceListNode)
            ?? throw new JsonException();
        return string.Join(' ', NodeSelection.PlatformsFor(spec, nodes.Items));
    }
}
