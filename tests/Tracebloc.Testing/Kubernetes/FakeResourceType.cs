namespace Tracebloc.Testing.Kubernetes;

/// <summary>A resource type that the fake serves.</summary>
public sealed record FakeResourceType(string Group, string Version, string Plural, string Kind)
{
    public static FakeResourceType Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    public static FakeResourceType StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    public static FakeResourceType DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    public static FakeResourceType Pods { get; } = new("", "v1", "pods", "Pod");

    public static FakeResourceType ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static FakeResourceType Secrets { get; } = new("", "v1", "secrets", "Secret");

    public static FakeResourceType ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    public static FakeResourceType Namespaces { get; } = new(
        "", "v1", "namespaces", "Namespace")
    { IsNamespaced = false };

    public static FakeResourceType Nodes { get; } = new("", "v1", "nodes", "Node") { IsNamespaced = false };

    public static FakeResourceType Events { get; } = new("events.k8s.io", "v1", "events", "Event");

    public static IReadOnlyList<FakeResourceType> Known { get; } =
        [Deployments, StatefulSets, DaemonSets, Pods, ConfigMaps, Secrets, ServiceAccounts, Namespaces, Nodes, Events];

    public bool IsNamespaced { get; init; } = true;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As in <c>deployment/web</c>.</summary>
    public string Singular { get; } = Kind.ToLowerInvariant();

    /// <summary>As error messages write it: <c>deployments.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
