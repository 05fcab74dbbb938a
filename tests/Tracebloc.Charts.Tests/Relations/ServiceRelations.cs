using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Relations;

/// <summary>Relations of Services and policies to pods, by labels and ports.</summary>
internal static class ServiceRelations
{
    public static IReadOnlyList<RelationRule> Rules { get; } =
    [
        new(
            "A workload selects the pods that it makes, and no other workload's",
            chart => from workload in chart.Workloads
                     let selector = workload.Spec.At("selector.matchLabels")
                     where selector.Exists
                     select new Relation(
                         $"{workload.Id} selects {selector}",
                         Selected(chart, selector).Select(pod => pod.Id).SequenceEqual([workload.Id])),
            "{kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, "
            + "template: {metadata: {labels: {app: shop}}}}}"),
        new(
            "A Service leads to a port of one workload's pods",
            chart => from service in Of(chart, "Service")
                     from port in service.At("spec.ports").Items
                     select new Relation(
                         $"{service.Id} port {port}",
                         Selected(chart, service.At("spec.selector")) is [var pod] && Listens(pod, port)),
            "{kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}"),
        new(
            "A budget for disruptions is one workload's",
            chart => from budget in Of(chart, "PodDisruptionBudget")
                     select new Relation(
                         budget.Id, Selected(chart, budget.At("spec.selector.matchLabels")) is [_]),
            "{kind: PodDisruptionBudget, metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}}}"),
        new(
            "A network policy is for pods of the chart, or for those that jobs-manager starts",
            chart => from policy in Of(chart, "NetworkPolicy")
                     let selector = policy.At("spec.podSelector.matchLabels")
                     select new Relation(
                         policy.Id,
                         selector.Map.ContainsKey("tracebloc.io/workload")
                         || selector.Map.GetValueOrDefault("app.kubernetes.io/managed-by") == "jobs-manager"
                         || Selected(chart, selector) is [_, ..]),
            "{kind: NetworkPolicy, metadata: {name: web}, spec: {podSelector: {matchLabels: {app: web}}}}"),
        new(
            "A probe asks at a port of its container",
            chart => from workload in chart.Workloads
                     from container in workload.AllContainers
                     from kind in new[] { "readinessProbe", "livenessProbe", "startupProbe" }
                     from asks in new[] { "tcpSocket", "httpGet" }
                     let port = container[kind][asks]["port"]
                     where port.Exists
                     select new Relation(
                         $"{workload.Id}: {kind} of {container.Name} at {port}",
                         container.Ports.Any(one => one["name"].Text == port.Text || Number(one) == port.Text)),
            "{kind: Pod, spec: {containers: [{name: main, readinessProbe: {tcpSocket: {port: http}}}]}}"),
    ];

    private static IEnumerable<Manifest> Of(Rendering chart, string kind) =>
        chart.Manifests.Where(manifest => manifest.Kind == kind);

    private static IReadOnlyList<Workload> Selected(Rendering chart, Node selector) =>
    [
        .. chart.Workloads.Where(workload => selector.Entries is not []
            && selector.Map.All(label => workload.PodMetadata["labels"][label.Key].Text == label.Value)),
    ];

    private static bool Listens(Workload pod, Node servicePort)
    {
        var target = servicePort["targetPort"].Exists ? servicePort["targetPort"] : servicePort["port"];
        return pod.MainContainers.SelectMany(container => container.Ports)
            .Any(port => port["name"].Text == target.Text || Number(port) == target.Text);
    }

    private static string Number(Node port) => port["containerPort"].Text;
}
