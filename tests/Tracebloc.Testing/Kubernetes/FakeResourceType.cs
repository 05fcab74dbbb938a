namespace Tracebloc.Testing.Kubernetes;

/// <summary>A resource type that the fake serves.</summary>
public sealed record FakeResourceType(string Group, string Version, string Plural, string Kind)
{
    public static FakeResourceType Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    public static FakeResourceType ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    public static FakeResourceType StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    public static FakeResourceType DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    public static FakeResourceType Pods { get; } = new("", "v1", "pods", "Pod");

    public static FakeResourceType ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static FakeResourceType Secrets { get; } = new("", "v1", "secrets", "Secret");

    public static FakeResourceType Services { get; } = new("", "v1", "services", "Service");

    public static FakeResourceType PersistentVolumeClaims { get; } =
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");

    public static FakeResourceType ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    public static FakeResourceType Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static FakeResourceType Namespaces { get; } = new(
        "", "v1", "namespaces", "Namespace")
    { IsNamespaced = false };

    public static FakeResourceType Nodes { get; } = new("", "v1", "nodes", "Node") { IsNamespaced = false };

    public static FakeResourceType Events { get; } = new("events.k8s.io", "v1", "events", "Event");

    public static FakeResourceType Jobs { get; } = new("batch", "v1", "jobs", "Job");

    public static FakeResourceType CronJobs { get; } = new("batch", "v1", "cronjobs", "CronJob") { Since = 21 };

    /// <summary>CronJobs of old servers.</summary>
    public static FakeResourceType CronJobsBeta { get; } =
        new("batch", "v1beta1", "cronjobs", "CronJob") { Until = 24 };

    /// <summary>Created only; nothing is stored: see <see cref="FakeTokens"/>.</summary>
    public static FakeResourceType TokenReviews { get; } = new(
        "authentication.k8s.io", "v1", "tokenreviews", "TokenReview")
    { IsNamespaced = false };

    /// <summary>Created only; nothing is stored: the answer goes by <see cref="FakeAccess"/>.</summary>
    public static FakeResourceType SelfSubjectAccessReviews { get; } = new(
        "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview")
    { IsNamespaced = false };

    /// <summary>Created only; nothing is stored: the answer goes by <see cref="FakeAccess"/>.</summary>
    public static FakeResourceType SubjectAccessReviews { get; } = new(
        "authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview")
    { IsNamespaced = false };

    public static IReadOnlyList<FakeResourceType> Known { get; } =
    [
        Deployments, ReplicaSets, StatefulSets, DaemonSets, Pods, ConfigMaps, Secrets, ServiceAccounts, Namespaces,
        Nodes, Events, Jobs, CronJobs, CronJobsBeta, TokenReviews, Services, PersistentVolumeClaims,
        SelfSubjectAccessReviews, SubjectAccessReviews, Leases,
    ];

    /// <summary>The first minor version that serves it.</summary>
    public int Since { get; init; }

    /// <summary>The last minor version that serves it.</summary>
    public int Until { get; init; } = int.MaxValue;

    public bool IsNamespaced { get; init; } = true;

    /// <summary>A type of a CustomResourceDefinition: stored as it comes, written in the order of its keys.</summary>
    public bool IsCustom { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As in <c>deployment/web</c>.</summary>
    public string Singular { get; } = Kind.ToLowerInvariant();

    /// <summary>The CustomResourceDefinition by which a real server serves it, as JSON.</summary>
    public string Definition =>
        $$$"""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": {"name": "{{{this}}}"},
          "spec": {
            "group": "{{{Group}}}", "scope": "{{{(IsNamespaced ? "Namespaced" : "Cluster")}}}",
            "names": {"plural": "{{{Plural}}}", "singular": "{{{Singular}}}", "kind": "{{{Kind}}}" },
            "versions": [{
              "name": "{{{Version}}}", "served": true, "storage": true,
              "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}
            }]
          }
        }
        """;

    /// <summary>A kind of custom resource; the plural is the English one.</summary>
    public static FakeResourceType Custom(string group, string version, string kind) =>
        new(group, version, kind.ToLowerInvariant() + "s", kind) { IsCustom = true };

    /// <summary>The type that an address names; null when the test did not register it.</summary>
    /// <exception cref="FakeStatusException">The server's version has the group and version without it.</exception>
    /// <exception cref="FakeNoSuchVersionException">The server does not have the group and version.</exception>
    internal static FakeResourceType? Find(
        FakeKubernetesApiOptions options, string group, string version, string plural)
    {
        if (options.Types.FirstOrDefault(t => t.Group == group && t.Version == version && t.Plural == plural)
            is not { } type)
            return null;
        if (!options.Definitions.IsInstalled(type)) throw new FakeNoSuchVersionException();
        if (type.IsServed(options.Version)) return type;
        var isVersionServed = Known.Any(t => t.ApiVersion == type.ApiVersion && t.IsServed(options.Version));
        throw isVersionServed ? FakeStatusException.NoSuchResource() : new FakeNoSuchVersionException();
    }

    /// <summary>The first part of the keys of its objects.</summary>
    internal string Key => IsCustom ? ToString() : Plural;

    internal bool IsServed(FakeServerVersion version) => version.Minor >= Since && version.Minor <= Until;

    /// <summary>As error messages write it: <c>deployments.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

/// <summary>The address is below a group and version that the server does not have.</summary>
internal sealed class FakeNoSuchVersionException : Exception;
