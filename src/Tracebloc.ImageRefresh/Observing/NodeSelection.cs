using System.Globalization;
using System.Text.Json;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>
/// The nodes that the scheduler may choose for a pod, by what lasts: labels and taints, not room or health.
/// </summary>
internal static class NodeSelection
{
    // Taints that say how a node is at the moment: not ready, short of memory, cordoned (Kubernetes docs, taints).
    private static readonly string[] Conditions = ["node.kubernetes.io/", "node.cloudprovider.kubernetes.io/"];

    public static IReadOnlyList<Platform> PlatformsFor(PodSpec pod, IReadOnlyList<Node> nodes)
    {
        var affinity = pod.Affinity?.Deserialize(WorkloadJson.Default.Affinity);
        var tolerations = pod.Tolerations?.Deserialize(WorkloadJson.Default.IReadOnlyListToleration) ?? [];
        return
        [
            .. nodes
                .Where(node => HasLabels(node, pod.NodeSelector)
                    && IsWanted(node, affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution)
                    && IsTolerated(node, tolerations))
                .Select(node => node.Status?.NodeInfo)
                .OfType<NodeSystemInfo>()
                .Select(node => new Platform { Os = node.OperatingSystem, Architecture = node.Architecture })
                .Distinct()
                .OrderBy(platform => platform.ToString(), StringComparer.Ordinal),
        ];
    }

    private static bool HasLabels(Node node, IReadOnlyDictionary<string, string>? labels) =>
        labels is null || labels.All(label => node.Metadata?.Labels?.GetValueOrDefault(label.Key) == label.Value);

    // An empty term matches nothing (Kubernetes API, NodeSelectorTerm).
    private static bool IsWanted(Node node, NodeSelector? selector) =>
        selector is null || (selector.NodeSelectorTerms ?? []).Any(term =>
            term is not { MatchExpressions: null or { Count: 0 }, MatchFields: null or { Count: 0 } }
            && (term.MatchExpressions ?? [])
                .All(wanted => Meets(wanted, node.Metadata?.Labels?.GetValueOrDefault(wanted.Key)))
            && (term.MatchFields ?? []).All(wanted => Meets(wanted, node.Metadata?.Name)));

    private static bool Meets(NodeSelectorRequirement wanted, string? value) => wanted.Operator switch
    {
        "In" => value is not null && wanted.Values?.Contains(value) == true,
        "NotIn" => value is null || wanted.Values?.Contains(value) != true,
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => wanted.Values is [var floor] && Number(value) > Number(floor),
        "Lt" => wanted.Values is [var ceiling] && Number(value) < Number(ceiling),
        // An unknown operator: a node too many holds a digest back, one too few makes its rollout fail.
        _ => true,
    };

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool IsTolerated(Node node, IReadOnlyList<Toleration> tolerations) =>
        (node.Spec?.Taints ?? [])
            .Where(taint => taint.Effect is "NoSchedule" or "NoExecute" && !IsCondition(taint))
            .All(taint => tolerations.Any(toleration => Tolerates(toleration, taint)));

    private static bool IsCondition(Taint taint) =>
        Conditions.Any(condition => taint.Key.StartsWith(condition, StringComparison.Ordinal));

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (toleration.Operator == "Exists"
            ? string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key
            : toleration.Key == taint.Key && (toleration.Value ?? "") == (taint.Value ?? ""));
}
